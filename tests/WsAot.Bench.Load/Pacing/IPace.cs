namespace WsAot.Bench.Load.Pacing;

/// <summary>Decides when to send messages, and counts the answers.</summary>
internal interface IPace
{
    /// <summary>Whether to call <see cref="Advance"/> without waiting for events, because it sends by time.</summary>
    bool IsTimed { get; }

    /// <summary>Whether answers are due.</summary>
    bool IsWaiting { get; }

    void Begin(long now);

    /// <summary>Does what is due.</summary>
    /// <returns>Whether the run is over.</returns>
    bool Advance(long now);

    void OnAnswers(LoadConnection connection, int count, long now);
}
