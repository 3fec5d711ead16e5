using WsAot.Transport.Loops;

namespace WsAot.Transport.Tls;

/// <summary>
/// The handshakes of a loop. One takes as long as thousands of messages, so all of them share a portion of each batch. Each holds about 50
/// KB, so their number is limited. The input of a client that must wait stays in the kernel, and epoll does not report it meanwhile.
/// </summary>
internal sealed class TlsHandshakes : LoopMember, ILoopTimer
{
    /// <summary>How long all handshakes together may take in a batch.</summary>
    private const int PortionMicroseconds = 2000;

    /// <summary>
    /// If all places are taken, a client that has sent nothing for so long loses its place, in milliseconds. Slow and busy clients answer
    /// within this time; an attacker that fills the places holds each no longer.
    /// </summary>
    private const int PatienceMs = 4000;

    /// <summary>How often to look for clients that are silent for too long, while others wait for a place.</summary>
    private const int LookIntervalMs = 250;

    private readonly Queue<TlsChannel> _waiting = new();        // for their share of a batch
    private readonly Queue<TlsChannel> _newcomers = new();      // for a place
    private readonly Queue<TlsChannel> _underWay = new();       // the oldest first; finished ones stay until they are first
    private int _count;
    private long _spentTicks;
    private long _nextLookAt;
    private bool _isTurnRequested;
    private bool _isResuming;

    public TlsHandshakes(TransportLoop loop)
        : base(loop) => loop.Timer = this;

    /// <summary>The handshakes that are in progress.</summary>
    public int Count => _count;

    private long Portion => PortionMicroseconds * Loop.Clock.TicksPerMillisecond / 1000;

    /// <summary>Whether a handshake may continue now; if not, the channel is resumed when its turn comes.</summary>
    /// <param name="channel">A channel that has received something.</param>
    public bool TryBegin(TlsChannel channel)
    {
        if (channel.State == TlsState.New && !TryTakePlace(channel)) return false;
        if (_isResuming || (_spentTicks < Portion && _waiting.Count == 0)) return true;
        _waiting.Enqueue(channel);
        RequestTurn();
        return false;
    }

    /// <summary>Counts the time that a step has taken.</summary>
    public void Charge(long fromTimestamp)
    {
        _spentTicks += Math.Max(1, Loop.Clock.Now - fromTimestamp);
        RequestTurn();
    }

    /// <summary>A handshake has ended, in success or failure.</summary>
    public void OnEnded()
    {
        _count--;
        if (_newcomers.Count > 0) RequestTurn();
    }

    /// <summary>Looks for a free place while a client waits for one: a place can become free just because time passes.</summary>
    public int Advance()
    {
        if (_newcomers.Count == 0) return -1;
        long now = Loop.Clock.Now;
        if (now < _nextLookAt) return (int)Math.Max(1, (_nextLookAt - now) / Loop.Clock.TicksPerMillisecond);
        _nextLookAt = now + (LookIntervalMs * Loop.Clock.TicksPerMillisecond);
        RequestTurn();
        return LookIntervalMs;
    }

    public override void Abort()
    {
        // If one handshake throws, the others go on.
    }

    internal override void RunTurn()
    {
        _isTurnRequested = false;
        _spentTicks = 0;
        _isResuming = true;
        try
        {
            while (_spentTicks < Portion && _waiting.TryDequeue(out TlsChannel? channel)) Resume(channel);
            while (_spentTicks < Portion && _newcomers.TryPeek(out TlsChannel? channel))
            {
                if (!channel.IsOver && !HasPlace(channel.MaxHandshakes)) break;
                Resume(_newcomers.Dequeue());
            }
        }
        finally
        {
            _isResuming = false;
        }

        if (_waiting.Count > 0) RequestTurn();
    }

    internal override void FlushQueued()
    {
        // It has no output.
    }

    internal override void Free()
    {
        // It holds nothing outside the managed heap.
    }

    private bool TryTakePlace(TlsChannel channel)
    {
        // First come, first served.
        if ((_newcomers.Count > 0 && !_isResuming) || !HasPlace(channel.MaxHandshakes))
        {
            _newcomers.Enqueue(channel);
            if (!_isResuming) RequestTurn();
            return false;
        }

        _count++;
        channel.Start();
        while (_underWay.TryPeek(out TlsChannel? first) && first.State != TlsState.Handshake) _underWay.Dequeue();
        _underWay.Enqueue(channel);
        return true;
    }

    /// <summary>
    /// Whether another handshake may begin. If all places are taken, a client that is silent for too long loses its place.
    /// </summary>
    private bool HasPlace(int maxCount)
    {
        if (_count < maxCount) return true;
        long patience = PatienceMs * Loop.Clock.TicksPerMillisecond;
        // Look at each once. Clients that were heard in time go to the end of the queue, so that they do not hide others.
        for (int left = _underWay.Count; left > 0 && _count >= maxCount; left--)
        {
            TlsChannel channel = _underWay.Dequeue();
            if (channel.State != TlsState.Handshake) continue;
            if (channel.IsUnread || Loop.Clock.Now - channel.HeardAt < patience) _underWay.Enqueue(channel);
            else GiveWay(channel);
        }

        return _count < maxCount;
    }

    private static void GiveWay(TlsChannel channel)
    {
        try
        {
            channel.GiveWay();
        }
        catch (Exception exception)
        {
            channel.OnException(exception);
        }
    }

    private static void Resume(TlsChannel channel)
    {
        try
        {
            channel.Resume();
        }
        catch (Exception exception)
        {
            channel.OnException(exception);
        }
    }

    private void RequestTurn()
    {
        if (_isTurnRequested) return;
        _isTurnRequested = true;
        Loop.AddTurn(this);
    }
}
