using System.Net;
using WsAot.TestKit.Certificates;
using WsAot.TestKit.Tls;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Fuzz.Tls;

/// <summary>One connection with TLS, and the bytes that each side should have received.</summary>
internal sealed class TlsPlay : IDisposable, ILoopHandler, IConnectionHandler
{
    public const int CommonOperationCount = 8;
    public const int OperationCount = 11;

    private const int AnyWindow = int.MaxValue;

    private static readonly Lazy<CertificateFiles> s_certificate = new(static () => new TestCertificates().Create());

    private readonly InMemoryTransport _transport;
    private readonly TlsServer _tls;
    private readonly InMemoryPeer _peer;
    private readonly TlsClient _client;
    private readonly TlsFault _fault;
    private readonly bool _hasKeyUpdates;
    private readonly List<byte> _sent = [];             // by the client
    private readonly List<byte> _received = [];         // by the server
    private readonly List<byte> _answered = [];         // by the server
    private readonly List<byte> _read = [];             // by the client
    private readonly Queue<byte> _underWay = new();     // ciphertext that the client has not given to the server
    private TransportConnection? _connection;
    private string? _problem;
    private string? _failure;
    private bool _isChanged;
    private bool _hasClientEnded;
    private int _seed;

    public TlsPlay(byte options, TlsFault fault)
    {
        _fault = fault;
        var sizes = new TransportOptions
        {
            Loops = 1,
            ReceiveBufferBytes = (options & 1) == 0 ? 64 * 1024 : 2048,
            SendBufferBytes = (options & 2) == 0 ? 16 * 1024 : 1024,
        };
        _transport = new InMemoryTransport(sizes, new PoisoningPool());
        CertificateFiles files = s_certificate.Value;
        _tls = _transport.CreateTls(new TlsServerOptions
        {
            Certificates = [new TlsCertificateFiles { CertificateFile = files.CertificateFile, KeyFile = files.KeyFile }],
        });
        _transport.Start(_ => this);
        _transport.Listen(new ListenOptions(new IPEndPoint(IPAddress.Loopback, 443)) { Tls = _tls });
        _peer = _transport.Connect();
        _hasKeyUpdates = (options & 4) == 0;
        _client = new TlsClient(new TlsClientOptions { MaxVersion = _hasKeyUpdates ? 0x0304 : 0x0303 });
    }

    public void Do(int operation, byte argument)
    {
        switch (operation)
        {
            case 0:
                if (_client.IsConnected && !_hasClientEnded) ClientWrites(Length(argument));
                break;
            case 1:
                Push(Length(argument));
                break;
            case 2:
                Pull(Length(argument));
                break;
            case 3:
                _transport.RunUntilIdle();
                break;
            case 4:
                _peer.WindowBytes = argument > 200 ? AnyWindow : argument * 40;
                break;
            case 5:
                OnLoop(connection => Answer(connection, Pattern(Length(argument))));
                break;
            case 6:
                if (argument % 2 == 0) OnLoop(static connection => connection.PauseReading());
                else OnLoop(static connection => connection.ResumeReading());
                break;
            case 7:
                if (_client.IsConnected && _hasKeyUpdates && !_hasClientEnded) _client.UpdateKeys();
                TakeFromClient();
                break;
            case 8:
                Change(argument);
                break;
            case 9:
                if (_client.IsConnected) EndClient();
                break;
            default:
                OnLoop(static connection => connection.ShutdownOutput());
                break;
        }
    }

    /// <summary>Delivers everything that is in flight, and checks the result.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public string? Finish()
    {
        _peer.WindowBytes = AnyWindow;
        OnLoop(static connection => connection.ResumeReading());
        for (int i = 0; i < 20; i++)
        {
            Push(int.MaxValue);
            _transport.RunUntilIdle();
            Pull(int.MaxValue);
        }

        if (_problem is not null) return _problem;
        if (!_received.AsEnumerable().SequenceEqual(_sent.Take(_received.Count))) return "The server has received what was not sent.";
        if (!_read.AsEnumerable().SequenceEqual(_answered.Take(_read.Count))) return "The client has read what was not answered.";
        if (_isChanged) return null;
        if (_failure is not null) return $"TLS has failed: {_failure}";
        if (_client.Failure is not null) return $"The client's TLS has failed: {_client.Failure}";
        if (_received.Count < _sent.Count) return $"The server has received {_received.Count} of {_sent.Count} bytes.";
        if (_read.Count < _answered.Count) return $"The client has read {_read.Count} of {_answered.Count} bytes.";
        return _connection is { PendingBytes: > 0 } ? "Something waits although the client has read all." : null;
    }

    public void Dispose()
    {
        _transport.Dispose();
        _tls.Dispose();
        _client.Dispose();
    }

    IConnectionHandler ILoopHandler.OnConnected(TransportConnection connection, ListenOptions listener)
    {
        _connection = connection;
        return this;
    }

    int ILoopHandler.OnBatchEnd() => -1;

    void ILoopHandler.OnAcceptFailed(string reason) => _problem ??= reason;

    void ILoopHandler.OnUnhandledException(Exception exception) => _problem ??= exception.ToString();

    void IConnectionHandler.OnReceived(Span<byte> bytes)
    {
        _received.AddRange(bytes);
        if (_fault == TlsFault.WrongAnswer && _received.Count > 1000) bytes[0] ^= 1;
        byte[] expected = bytes.ToArray();
        if (_fault == TlsFault.WrongAnswer && _received.Count > 1000) expected[0] ^= 1;
        if (_connection!.Write("<"u8, bytes) == OutputStatus.Refused) return;
        _answered.Add((byte)'<');
        _answered.AddRange(expected);
    }

    void IConnectionHandler.OnPeerShutdown()
    {
    }

    void IConnectionHandler.OnOutputProgress()
    {
    }

    void IConnectionHandler.OnTlsFailed(string reason) => _failure = reason;

    void IConnectionHandler.OnClosed()
    {
    }

    /// <summary>Small and large lengths, including those near the size of a record.</summary>
    private static int Length(byte argument) => argument switch
    {
        < 64 => argument,
        < 128 => argument * 20,
        < 192 => 16_384 - 160 + argument,
        _ => argument * 150,
    };

    private byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)((_seed += 7) >> 3);
        return bytes;
    }

    private void ClientWrites(int length)
    {
        byte[] bytes = Pattern(length);
        _sent.AddRange(bytes);
        _client.Write(bytes);
        TakeFromClient();
    }

    private void Answer(TransportConnection connection, byte[] bytes)
    {
        if (connection.WriteShared(bytes) != OutputStatus.Refused) _answered.AddRange(bytes);
    }

    private void EndClient()
    {
        _hasClientEnded = true;
        _client.End();
        TakeFromClient();
    }

    private void TakeFromClient()
    {
        foreach (byte one in _client.Take()) _underWay.Enqueue(one);
    }

    private void Push(int length)
    {
        _client.Connect();
        TakeFromClient();
        var piece = new List<byte>();
        while (piece.Count < length && _underWay.TryDequeue(out byte one)) piece.Add(one);
        _peer.Send([.. piece]);
    }

    private void Pull(int length)
    {
        _client.Feed(_peer.Take(length));
        if (_client.Connect()) _read.AddRange(_client.Read());
        TakeFromClient();
    }

    private void Change(byte argument)
    {
        if (_underWay.Count == 0) return;
        byte[] all = [.. _underWay];
        all[argument % all.Length] ^= (byte)(1 << (argument % 8));
        _underWay.Clear();
        foreach (byte one in all) _underWay.Enqueue(one);
        _isChanged = _fault != TlsFault.ChangedIsExpected;
    }

    private void OnLoop(Action<TransportConnection> action)
    {
        if (_connection is null) return;
        _transport.Loops[0].Post(_ => action(_connection), null);
        _transport.RunBatch();
    }
}
