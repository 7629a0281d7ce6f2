using System.Net;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Packs;

public sealed class DocumentQueueTests
{
    [Fact]
    public async Task Who_asks_for_a_document_while_many_wait_is_told_to_come_again_and_pages_are_answered_meanwhile()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        var visitors = Enumerable.Range(0, 40).Select(_ => host.NewVisitor()).ToList();
        using var reader = host.NewVisitor();
        var documents = visitors.Select(visitor => Task.Run(() => visitor.Get("/clusters/dunstable/pack/201516.pptx"))).ToList();
        (await reader.Get("/")).Status.ShouldBe(HttpStatusCode.OK);
        var answers = await Task.WhenAll(documents);
        var written = answers.Where(answer => answer.Status == HttpStatusCode.OK).ToList();
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ToList();
        written.ShouldNotBeEmpty();
        refused.ShouldNotBeEmpty();
        (written.Count + refused.Count).ShouldBe(answers.Length);
        refused.ShouldAllBe(answer => answer.Headers.RetryAfter!.Delta > TimeSpan.Zero && answer.Heading == "Sorry, the service is busy");
        (await reader.Get("/clusters/dunstable/pack/201516.pptx")).Status.ShouldBe(HttpStatusCode.OK);
        visitors.ForEach(visitor => visitor.Dispose());
    }
}
