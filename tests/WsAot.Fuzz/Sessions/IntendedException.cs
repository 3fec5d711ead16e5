namespace WsAot.Fuzz.Sessions;

/// <summary>What a handler throws on purpose.</summary>
internal sealed class IntendedException() : Exception("A handler failed on purpose.");
