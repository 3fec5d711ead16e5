using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Hostile;

/// <summary>
/// The pool of the tests fills what it lends with 0xCD and what comes back with 0xDD. All that is said here is ASCII: a byte of either kind
/// on the wire is memory that was sent without having been written, or after it was given back.
/// </summary>
public sealed class PoisonTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Nothing_but_what_was_said_reaches_the_wire(int seed)
    {
        var random = new Random(seed);
        using var server = new TestServer(static options =>
            (options.MaxPendingInputBytes, options.MaxPendingOutputBytes, options.Compression, options.CompressionThresholdBytes)
            = (3000, 20_000, WsCompression.Shared, 64));
        server.Script.Text = static async (connection, text) =>
        {
            await Task.Yield();
            connection.Send(text);
        };
        string[] paths = ["/echo", "/script", "/slow-memory", "/echo", "/script"];
        TestClient[] clients = [.. paths.Select((path, i) => i < 3 ? server.Open(path) : server.Open(path, Wire.Deflate))];
        var wires = clients.Select(static client => new List<byte>()).ToArray();
        var said = clients.Select(static _ => new List<string>()).ToArray();
        foreach (TestClient client in clients) client.Peer.Take();
        for (int step = 0; step < 400; step++)
        {
            int who = random.Next(clients.Length);
            TestClient client = clients[who];
            client.Peer.WindowBytes = random.Next(4) == 0 ? int.MaxValue : random.Next(5000);
            string text = Text(random);
            said[who].Add(text);
            Say(client, text, isBinary: paths[who] == "/slow-memory", isCompressed: who >= 3 && random.Next(2) == 0, random);
            server.Run();
            if (random.Next(3) == 0 && server.Script.Gate.WaitingCount > 0) server.LetOneGo();
            if (random.Next(3) == 0) wires[who].AddRange(client.Peer.Take(random.Next(10_000)));
            Assert.All(server.Get(random.Next(2) == 0 ? "/healthz" : "/nowhere").Body, static one => Assert.InRange(one, '\n', '~'));
        }

        for (int i = 0; i < clients.Length; i++) clients[i].Peer.WindowBytes = int.MaxValue;
        for (bool isBusy = true; isBusy;)
        {
            server.Run();
            isBusy = server.Script.Gate.WaitingCount > 0;
            while (server.Script.Gate.WaitingCount > 0) server.LetOneGo();
            for (int i = 0; i < clients.Length; i++)
            {
                byte[] more = clients[i].Peer.Take();
                isBusy |= more.Length > 0;
                wires[i].AddRange(more);
            }
        }

        for (int i = 0; i < clients.Length; i++) Assert.Equal(said[i], Heard([.. wires[i]]));
        Assert.Null(server.Pool.FindProblem());
    }

    private static string Text(Random random)
    {
        int length = random.Next(5) switch { 0 => 0, 1 => random.Next(70), 2 => random.Next(2000), _ => random.Next(300) };
        char[] text = new char[length];
        for (int i = 0; i < length; i++) text[i] = (char)('a' + random.Next(random.Next(2) == 0 ? 2 : 26));
        return new string(text);
    }

    private static void Say(TestClient client, string text, bool isBinary, bool isCompressed, Random random)
    {
        byte[] payload = Encoding.ASCII.GetBytes(text);
        if (isCompressed) payload = Wire.Compress(payload);
        int opcode = isBinary ? 2 : 1;
        int cut = random.Next(payload.Length + 1);
        byte[] wire = random.Next(2) == 0
            ? Frame.Masked(opcode, payload, rsv: isCompressed ? 4 : 0)
            : [.. Frame.Masked(
                opcode, payload[..cut], fin: false, rsv: isCompressed ? 4 : 0), .. Frame.Ping("ping"), .. Frame.Masked(0, payload[cut..])];
        for (int sent = 0; sent < wire.Length;)
        {
            int length = Math.Min(wire.Length - sent, 1 + random.Next(1000));
            client.Peer.Send(wire.AsSpan(sent, length));
            sent += length;
        }
    }

    /// <summary>The messages of a server's bytes, inflated where they are compressed.</summary>
    private static List<string> Heard(byte[] wire)
    {
        var heard = new List<string>();
        while (wire.Length > 0)
        {
            bool isCompressed = (wire[0] & 0x40) != 0;
            wire[0] &= 0xBF;
            Frame frame = Frame.Read(wire, out int length)!;
            Assert.True(frame is { IsFinal: true, Opcode: 1 or 2 or 10 });
            byte[] payload = isCompressed ? Wire.Inflate(frame.Payload) : frame.Payload;
            Assert.DoesNotContain(payload, static one => one >= 0x80);
            if (frame.Opcode == 10) Assert.Equal("ping", frame.Utf8);
            else heard.Add(Encoding.ASCII.GetString(payload));
            wire = wire[length..];
        }

        return heard;
    }
}
