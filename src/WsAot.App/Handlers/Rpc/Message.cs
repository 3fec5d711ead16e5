namespace WsAot.App.Handlers.Rpc;

/// <summary>What somebody says.</summary>
internal sealed record Message(string Who, string Text);
