namespace WsAot.Bench.Load.Pacing;

/// <summary>Says when messages are sent, and counts what comes back.</summary>
internal interface IPace
{
    /// <summary>Whether <see cref="Advance"/> must be called without waiting, since time alone makes it send.</summary>
    bool IsTimed { get; }

    /// <summary>Whether answers are due.</summary>
    bool IsWaiting { get; }

    void Begin(long now);

    /// <summary>Does what is due.</summary>
    /// <returns>Whether the run is over.</returns>
    bool Advance(long now);

    void OnAnswers(LoadConnection connection, int count, long now);
}
