namespace WsAot.Metrics;

/// <summary>What is counted for one route on one loop. Only that loop writes; any thread reads.</summary>
internal struct RouteCounters()
{
    /// <summary>What was received, by <see cref="Protocol.Messages.ReceiveStatus"/>: messages, decompressed, and control frames.</summary>
    public readonly FrameCounts Received = new();

    /// <summary>What was sent, by opcode: messages, before they were compressed, and control frames.</summary>
    public readonly FrameCounts Sent = new();

    /// <summary>Connections that have opened.</summary>
    public long Opened;

    /// <summary>Connections of which the end has begun: a close frame has come or gone, or TCP has ended.</summary>
    public long Ending;

    /// <summary>Connections that have closed.</summary>
    public long Closed;

    /// <summary>Published messages that a connection did not get, since its output was full.</summary>
    public long Dropped;

    /// <summary>The bytes of messages that were sent compressed, before and after.</summary>
    public long BytesBeforeDeflate;
    public long BytesAfterDeflate;

    /// <summary>The bytes of messages that came compressed, before and after.</summary>
    public long BytesBeforeInflate;
    public long BytesAfterInflate;

    /// <summary>How often a connection was not read because it had used up its rate.</summary>
    public long RatePauses;

    /// <summary>For how long together, in milliseconds. A pause counts when it ends.</summary>
    public long RatePausedMs;

    /// <summary>Why connections have closed; null: none has yet.</summary>
    public EndCounts? Ends;

    /// <summary>How long the handler's methods took; null: none was measured yet.</summary>
    public Histogram? HandlerTime;

    /// <summary>The methods that were called; null: none yet.</summary>
    public MethodTable? Methods;

    /// <summary>The calls that were refused before their method ran, by the code of the error; null: none yet.</summary>
    public AnswerCounts? RefusedCalls;

    /// <summary>The counters of a method that the route has.</summary>
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
