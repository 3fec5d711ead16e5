namespace WsAot.Generators.Emitting;

/// <summary>Where generated code calls user code: each place has different values in scope.</summary>
internal enum CallSite
{
    Constructor,
    Event,
    Upgrade,
}
