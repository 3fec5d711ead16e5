using System.Diagnostics;
using WsAot.Soak.Native;
using WsAot.Soak.Wire;

namespace WsAot.Soak.Latency;

/// <summary>All attackers and their audience on one thread, so that most of the machine is left to the server.</summary>
internal sealed class AttackDriver : IDisposable
{
    // The most connections that open at a time: the server's accept queue is short.
    private const int MaxOpening = 100;
    private const int TickMs = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Epoll _epoll = new();
    private readonly AttackConnection[] _audience;
    private readonly AttackConnection[] _attackers;
    private readonly AttackConnection[] _all;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _isAudienceOpen = new();
    private readonly ManualResetEventSlim _areAttackersOpen = new();
    private volatile bool _isEnding;
    private Exception? _fault;

    /// <summary>Opens the audience, then the attackers, which start at once.</summary>
    public AttackDriver(Attack attack, int attackers, int audience, ServerAddress server)
    {
        _audience = Make(attack, isAttacker: false, server, 0, audience);
        _attackers = Make(attack, isAttacker: true, server, audience, attackers);
        _all = [.. _audience, .. _attackers];
        _thread = new Thread(Run) { IsBackground = true, Name = "attackers" };
        _thread.Start();
    }

    public long SentBytes => _attackers.Sum(static connection => connection.SentBytes);

    public long AudienceBytes => _audience.Sum(static connection => connection.ReceivedBytes);

    /// <summary>How often the server ended an attacker, which then connected again.</summary>
    public int AttackerEndings => _attackers.Sum(static connection => connection.Endings);

    /// <summary>How often it ended a member of the audience.</summary>
    public int AudienceEndings => _audience.Sum(static connection => connection.Endings);

    /// <summary>Waits until every connection has completed its handshake once.</summary>
    /// <returns>What went wrong; null: nothing.</returns>
    public string? AwaitOpen()
    {
        if (!_isAudienceOpen.Wait(s_patience)) return "the audience was not let in";
        return _areAttackersOpen.Wait(s_patience) ? _fault?.Message : "the attackers were not let in";
    }

    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
        foreach (AttackConnection connection in _all) connection.Dispose();
        _epoll.Dispose();
        _isAudienceOpen.Dispose();
        _areAttackersOpen.Dispose();
    }

    private AttackConnection[] Make(Attack attack, bool isAttacker, ServerAddress server, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => new AttackConnection(attack, isAttacker, server, _epoll, number))];

    private void Run()
    {
        try
        {
            long tick = 0;
            while (!_isEnding)
            {
                int count = _epoll.Wait(TickMs);
                for (int i = 0; i < count; i++) _all[_epoll[i].Number].OnReady(_epoll[i].Events);
                if (Stopwatch.GetElapsedTime(tick).TotalMilliseconds < TickMs) continue;
                tick = Stopwatch.GetTimestamp();
                if (_isAudienceOpen.IsSet || Open(_audience, _isAudienceOpen)) Open(_attackers, _areAttackersOpen);
                foreach (AttackConnection connection in _attackers) connection.OnTick();
            }
        }
        catch (System.Net.Sockets.SocketException exception)
        {
            _fault = exception;
            _isAudienceOpen.Set();
            _areAttackersOpen.Set();
        }
    }

    /// <summary>Opens connections that are not open, a limited number at a time. True: all are open.</summary>
    private static bool Open(AttackConnection[] connections, ManualResetEventSlim all)
    {
        int opening = connections.Count(static connection => !connection.IsClosed && !connection.IsOpen);
        foreach (AttackConnection connection in connections)
        {
            if (opening >= MaxOpening) return false;
            if (!connection.IsClosed) continue;
            connection.Open();
            opening++;
        }

        if (opening > 0) return false;
        all.Set();
        return true;
    }
}
