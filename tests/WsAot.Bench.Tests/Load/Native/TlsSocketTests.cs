using System.Security.Cryptography.X509Certificates;
using WsAot.Bench.Building;
using WsAot.Bench.Load;
using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Tests.Load.Native;

public sealed class TlsSocketTests : IDisposable
{
    private readonly X509Certificate2 _certificate =
        X509Certificate2.CreateFromPemFile(BenchCertificate.CertificateFile, BenchCertificate.KeyFile);

    private readonly WrongServer _server;
    private readonly TlsClient _client = new();

    public TlsSocketTests() => _server = new WrongServer(static _ => [], _certificate);

    public void Dispose()
    {
        _server.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public void The_ticket_of_a_connection_that_has_ended_resumes_others()
    {
        nint session = Run(0, isResumed: false);
        Assert.Equal(1, OpenSsl.IsResumable(session));
        OpenSsl.SessionFree(Run(session, isResumed: true));
        OpenSsl.SessionFree(Run(session, isResumed: true));
        OpenSsl.SessionFree(session);
    }

    [Fact]
    public void A_server_that_does_not_speak_TLS_is_found()
    {
        using WrongServer plain = new(static _ => []);
        LoadException exception = Assert.Throws<LoadException>(() => _client.Connect(plain.Port));
        Assert.StartsWith("TLS: ", exception.Message, StringComparison.Ordinal);
    }

    private nint Run(nint session, bool isResumed)
    {
        using TlsSocket socket = _client.Connect(_server.Port, session);
        Assert.Equal(isResumed, socket.IsResumed);
        return socket.End();
    }
}
