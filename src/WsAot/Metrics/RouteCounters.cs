namespace WsAot.Metrics;

/// <summary>The counters of one route on one loop. Only that loop writes; any thread reads.</summary>
internal struct RouteCounters()
{
    /// <summary>Received messages (after decompression) and control frames, by <see cref="Protocol.Messages.ReceiveStatus"/>.</summary>
    public readonly FrameCounts Received = new();

    /// <summary>Sent messages (before compression) and control frames, by opcode.</summary>
    public readonly FrameCounts Sent = new();

    /// <summary>Connections that have opened.</summary>
    public long Opened;

    /// <summary>Connections whose end has begun: a close frame was received or sent, or TCP has ended.</summary>
    public long Ending;

    /// <summary>Connections that have closed.</summary>
    public long Closed;

    /// <summary>Published messages that a connection did not get because its output was full.</summary>
    public long Dropped;

    /// <summary>The bytes of messages that were sent compressed, before and after compression.</summary>
    public long BytesBeforeDeflate;
    public long BytesAfterDeflate;

    /// <summary>The bytes of messages that were received compressed, before and after decompression.</summary>
    public long BytesBeforeInflate;
    public long BytesAfterInflate;

    /// <summary>How often reading paused because a connection had used up its rate.</summary>
    public long RatePauses;

    /// <summary>The duration of these pauses together, in milliseconds. A pause counts when it ends.</summary>
    public long RatePausedMs;

    /// <summary>Why connections have closed; null if none has.</summary>
    public EndCounts? Ends;

    /// <summary>How long the handler's methods took; null if none was measured.</summary>
    public Histogram? HandlerTime;

    /// <summary>The methods that were called; null if none was.</summary>
    public MethodTable? Methods;

    /// <summary>The calls that were refused before their method ran, by error code; null if none was.</summary>
    public AnswerCounts? RefusedCalls;

    /// <summary>The counters of a method of the route.</summary>
    public MethodCounters OfMethod(ReadOnlySpan<byte> name) => (Methods ??= new MethodTable()).Of(name);

    /// <summary>A message was compressed.</summary>
    public void CountDeflated(int before, int after)
    {
        BytesBeforeDeflate += before;
        BytesAfterDeflate += after;
    }

    /// <summary>A message was inflated.</summary>
    public void CountInflated(long before, int after)
    {
        BytesBeforeInflate += before;
        BytesAfterInflate += after;
    }

    /// <summary>A connection has closed.</summary>
    public void CountClosed(int cause, ushort code)
    {
        Closed++;
        (Ends ??= new EndCounts()).Add(cause, code);
    }
}
