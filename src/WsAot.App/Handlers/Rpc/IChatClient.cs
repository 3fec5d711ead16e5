namespace WsAot.App.Handlers.Rpc;

/// <summary>What a client of <c>/rpc</c> can be told and asked.</summary>
[JsonRpcClient]
internal interface IChatClient
{
    void Said(string who, string text);

    Task<string> AskName();
}
