namespace WsAot.Generators.Emitting;

/// <summary>Known types as generated code names them: from <c>global::</c> on, so that no name of the user's comes between.</summary>
internal static class GlobalName
{
    public const string WsConnection = "global::" + KnownTypes.WsConnection.Name;
    public const string WsRequest = "global::" + KnownTypes.WsRequest.Name;
    public const string WsClose = "global::" + KnownTypes.WsClose.Name;
    public const string WsUpgrade = "global::" + KnownTypes.WsUpgrade.Name;
    public const string WsCompression = "global::" + KnownTypes.WsCompression.Name;
    public const string SlowConsumerPolicy = "global::" + KnownTypes.SlowConsumerPolicy.Name;
    public const string WsRouteTable = "global::" + KnownTypes.WsRouteTable.Name;
    public const string WsRoute = "global::" + KnownTypes.WsRoute.Name;
    public const string WsRouteOptions = "global::" + KnownTypes.WsRouteOptions.Name;
    public const string WsHandlerEvents = "global::" + KnownTypes.WsHandlerEvents.Name;
    public const string WsPath = "global::" + KnownTypes.WsPath.Name;
    public const string WsPayload = "global::" + KnownTypes.WsPayload.Name;
    public const string WsBinding = "global::" + KnownTypes.WsBinding.Name;
    public const string WsTopic = "global::WsAot.WsTopic";
    public const string JsonRpcRoute = "global::" + KnownTypes.JsonRpcRoute.Name;
    public const string JsonRpcPeer = "global::" + KnownTypes.JsonRpcPeer.Name;
    public const string JsonRpcRequest = "global::" + KnownTypes.JsonRpcRequest.Name;
    public const string JsonRpcParameters = "global::" + KnownTypes.JsonRpcParameters.Name;
    public const string JsonRpcBinding = "global::" + KnownTypes.JsonRpcBinding.Name;
    public const string JsonRpcTarget = "global::" + KnownTypes.JsonRpcTarget.Name;
    public const string JsonRpcOutgoing = "global::" + KnownTypes.JsonRpcOutgoing.Name;
    public const string JsonTypeInfo = "global::System.Text.Json.Serialization.Metadata.JsonTypeInfo";
    public const string CancellationToken = "global::" + KnownTypes.CancellationToken.Name;
    public const string ServiceProvider = "global::" + KnownTypes.ServiceProvider.Name;
    public const string Task = "global::" + KnownTypes.Task.Name;
    public const string ValueTask = "global::" + KnownTypes.ValueTask.Name;
    public const string Unsafe = "global::" + KnownTypes.Unsafe.Name;
    public const string MemoryExtensions = "global::" + KnownTypes.MemoryExtensions.Name;
    public const string ReadOnlySpanOfByte = "global::System.ReadOnlySpan<byte>";
    public const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
}
