using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Waymark.Shared.Web;

/// <summary>
/// Documents are written a few at a time, so that twenty people who want one do not keep everybody else from reading. Some wait their turn; who finds the queue full
/// is told at once to come again. A page that writes documents bears <c>[EnableRateLimiting(DocumentQueue.Name)]</c>.
/// </summary>
public static class DocumentQueue
{
    public const string Name = "documents";

    private const int Waiting = 16, ComeAgainAfterSeconds = 10;

    /// <summary>Half of the processors write; the others answer pages.</summary>
    private static int AtOnce => Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    internal static IServiceCollection AddDocumentQueue(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.AddConcurrencyLimiter(Name, queue => (queue.PermitLimit, queue.QueueLimit, queue.QueueProcessingOrder) = (AtOnce, Waiting, QueueProcessingOrder.OldestFirst));
        options.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        options.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = ComeAgainAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
    });
}
