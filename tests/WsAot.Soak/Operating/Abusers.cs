using System.Diagnostics;
using WsAot.Soak.Abusing;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Operating;

/// <summary>
/// Connections of the kinds of abuse, on a thread of their own. None of them uses a route whose metrics are compared with the honest
/// clients' counts, because nobody counts an abuser's messages.
/// </summary>
internal sealed class Abusers : IDisposable
{
    private const int RoundMs = 100;
    private const string Room = "/chat/abused";

    private readonly AbuseConnection[] _connections;
    private readonly Thread _thread;
    private volatile bool _isEnding;

    public Abusers(ServerAddress server, int connectionsEach)
    {
        IEnumerable<AbuseKind> kinds = AbuseKinds.All(withDeflate: false, usesTls: false)
            // There are no flooders here, and calls of abusers would be counted with those of the honest clients.
            .Where(static kind => kind.FloodMessageBytes == 0 && kind.Path != RpcMessages.Path)
            .Select(static kind => kind.Path is null ? kind : kind with { Path = Room });
        _connections =
        [
            .. kinds.SelectMany(kind => Enumerable.Range(0, connectionsEach).Select(number => new AbuseConnection(kind, number, server))),
        ];
        _thread = new Thread(Run) { IsBackground = true, Name = "abusers" };
        _thread.Start();
    }

    public int Count => _connections.Length;

    /// <summary>How often the server has ended a connection, which was then opened again.</summary>
    public int Endings => _connections.Sum(static connection => connection.Endings);

    public void Dispose()
    {
        if (_isEnding) return;
        _isEnding = true;
        _thread.Join();
        foreach (AbuseConnection connection in _connections) connection.Dispose();
    }

    private void Run()
    {
        Dictionary<AbuseKind, int> openings = new(ReferenceEqualityComparer.Instance);
        while (!_isEnding)
        {
            long start = Stopwatch.GetTimestamp();
            openings.Clear();
            foreach (AbuseConnection connection in _connections)
            {
                if (connection.NeedsOpening)
                {
                    openings.TryGetValue(connection.Kind, out int count);
                    openings[connection.Kind] = count + 1;
                    // Open ended connections again, but not so many that there is no time for anything else.
                    if (count < 2) connection.Open();
                }

                connection.Round();
            }

            int rest = RoundMs - (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (rest > 0) Thread.Sleep(rest);
        }
    }
}
