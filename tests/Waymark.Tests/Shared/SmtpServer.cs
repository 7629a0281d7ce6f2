using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waymark.Tests.Shared;

/// <summary>A mail server on this machine that keeps what it is given: whom each letter went to, and the letter as it came over the line.</summary>
public sealed class SmtpServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<(IReadOnlyList<string> To, string Data)> letters = [];
    private readonly SemaphoreSlim arrived = new(0);

    public SmtpServer()
    {
        listener.Start();
        _ = Task.Run(Listen);
    }

    public string Address => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public IReadOnlyList<(IReadOnlyList<string> To, string Data)> Letters
    {
        get { lock (letters) return [.. letters]; }
    }

    /// <summary>Waits until so many letters have come.</summary>
    public async Task Wait(int count)
    {
        for (var i = 0; i < count; i++) (await arrived.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue($"{i} of {count} letters came");
        Letters.Count.ShouldBe(count);
    }

    public void Dispose()
    {
        listener.Dispose();
        arrived.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Speak(await listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException) { }
    }

    private async Task Speak(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        var to = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("RCPT TO", StringComparison.OrdinalIgnoreCase)) to.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var data = new StringBuilder();
                while (await reader.ReadLineAsync() is { } text && text != ".") data.Append(text).Append('\n');
                lock (letters) letters.Add(([.. to], data.ToString()));
                arrived.Release();
                to.Clear();
            }
            if (line == "QUIT") return;
            await writer.WriteLineAsync("250 ok");
        }
    }
}
