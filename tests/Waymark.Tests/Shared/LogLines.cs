using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Waymark.Tests.Shared;

/// <summary>What an application logs, kept: <c>WaymarkHost.Serving(store, configure: builder => builder.Logging.AddProvider(log))</c>.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    public sealed record Line(LogLevel Level, string Message, Exception? Exception)
    {
        public override string ToString() => $"{Message} {Exception}";
    }

    public ConcurrentQueue<Line> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue(new(logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
