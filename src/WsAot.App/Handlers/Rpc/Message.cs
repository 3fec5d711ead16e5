namespace WsAot.App.Handlers.Rpc;

/// <summary>A message and its sender.</summary>
internal sealed record Message(string Who, string Text);
