namespace WsAot.Generators.Emitting;

/// <summary>The three places where user code is called; each has other values at hand.</summary>
internal enum CallSite
{
    Constructor,
    Event,
    Upgrade,
}
