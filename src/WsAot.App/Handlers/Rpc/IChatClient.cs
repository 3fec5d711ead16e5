namespace WsAot.App.Handlers.Rpc;

/// <summary>The methods that the server can call on a client of <c>/rpc</c>.</summary>
[JsonRpcClient]
internal interface IChatClient
{
    void Said(string who, string text);

    Task<string> AskName();
}
