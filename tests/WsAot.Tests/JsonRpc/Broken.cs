namespace WsAot.Tests.JsonRpc;

/// <summary>Cannot be written: its last property throws.</summary>
public sealed class Broken
{
    public string First { get; } = new('x', 100);

    public string Last => First.Length > 0 ? throw new InvalidOperationException("a getter") : "";
}
