namespace WsAot.Fuzz.Sessions;

/// <summary>The exception that handlers throw on purpose.</summary>
internal sealed class IntendedException() : Exception("A handler failed on purpose.");
