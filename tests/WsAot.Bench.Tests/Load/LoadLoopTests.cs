using System.Security.Cryptography.X509Certificates;
using WsAot.Bench.Building;
using WsAot.Bench.Load;
using WsAot.Bench.Load.Native;
using WsAot.Bench.Load.Wire;

namespace WsAot.Bench.Tests.Load;

public sealed class LoadLoopTests
{
    private const int Wanted = 100;

    // Only a guard.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly byte[] s_payload = Payload.Binary(64);
    private static readonly byte[] s_right = Frames.FromServer(Opcode.Binary, s_payload);
    private static readonly byte[] s_wrong = [.. s_right[..^1], (byte)~s_right[^1]];

    [Fact]
    public void Right_answers_are_counted_with_pings_between_them() =>
        Assert.InRange(Run(number => number == 0 ? s_right : [0x89, 0x01, 0x55, .. s_right]), Wanted, Wanted + 2);

    [Fact]
    public void A_first_answer_that_is_not_the_message_is_found() => Assert.Throws<LoadException>(() => Run(_ => s_wrong));

    [Fact]
    public void One_wrong_byte_in_an_answer_of_another_connection_is_found() =>
        Assert.Throws<LoadException>(() => Run(number => number == 0 ? s_right : s_wrong));

    [Fact]
    public void An_answer_too_many_is_found() =>
        Assert.Throws<LoadException>(() => Run(number => number == 0 ? s_right : [.. s_right, .. s_right]));

    [Fact]
    public void Another_answer_than_the_message_is_right_where_it_is_the_one_that_must_come()
    {
        byte[] answer = Payload.Binary(20);
        Assert.InRange(Run(_ => Frames.FromServer(Opcode.Binary, answer), answer), Wanted, Wanted + 2);
        Assert.Throws<LoadException>(() => Run(_ => s_right, answer));
    }

    [Fact]
    public void Idle_connections_are_opened_one_after_the_other_and_each_echoes_once_before_the_next()
    {
        using WrongServer server = new(_ => s_right);
        LoadLoop loop = new(new Conversation(server.Port, "/echo", Opcode.Binary, s_payload, isDeflated: false), depth: 1);
        loop.Open(3, echoesOnce: true);
        // The conversation has had a connection of its own, to learn the answer.
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(static number => new[] { (number, "opened"), (number, "echoed") }), server.Log);
    }

    [Fact]
    public async Task Pings_are_answered_while_others_are_being_opened()
    {
        using WrongServer server = new(_ => [.. s_right, 0x89, 0x01, 0x55]);
        LoadLoop loop = new(new Conversation(server.Port, "/echo", Opcode.Binary, s_payload, isDeflated: false), depth: 1);
        loop.Open(64, echoesOnce: true);
        await server.Pong.WaitAsync(s_patience);
    }

    [Fact]
    public void Over_TLS_it_is_the_same()
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(BenchCertificate.CertificateFile, BenchCertificate.KeyFile);
        Assert.InRange(Run(number => number == 0 ? s_right : [0x89, 0x01, 0x55, .. s_right], certificate: certificate), Wanted, Wanted + 2);
        Assert.Throws<LoadException>(() => Run(number => number == 0 ? s_right : s_wrong, certificate: certificate));
    }

    private static int Run(Func<int, byte[]> answer, byte[]? content = null, X509Certificate2? certificate = null)
    {
        using WrongServer server = new(answer, certificate);
        TlsClient? tls = certificate is null ? null : new TlsClient();
        LoadLoop loop = new(
            new Conversation(server.Port, "/echo", Opcode.Binary, s_payload, isDeflated: false, content, tls), depth: 1);
        loop.Open(3, echoesOnce: false);
        CountedPace pace = new(loop, Wanted);
        loop.Run(pace);
        return pace.Answers;
    }
}
