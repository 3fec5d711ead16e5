using WsAot.Generators.Symbols;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Fully qualified names for generated code, with <c>global::</c> so that a user's type of the same name does not interfere.
/// </summary>
internal static class GlobalName
{
    public const string WsServer = "global::" + WsAotTypes.WsServer.Name;
    public const string WsTopicPosition = "global::" + WsAotTypes.WsTopicPosition.Name;
    public const string WsConnection = "global::" + WsAotTypes.WsConnection.Name;
    public const string WsRequest = "global::" + WsAotTypes.WsRequest.Name;
    public const string WsClose = "global::" + WsAotTypes.WsClose.Name;
    public const string WsUpgrade = "global::" + WsAotTypes.WsUpgrade.Name;
    public const string WsCompression = "global::" + WsAotTypes.WsCompression.Name;
    public const string SlowConsumerPolicy = "global::" + WsAotTypes.SlowConsumerPolicy.Name;
    public const string RateLimitPolicy = "global::" + WsAotTypes.RateLimitPolicy.Name;
    public const string WsRouteTable = "global::" + RoutingTypes.WsRouteTable.Name;
    public const string WsRoute = "global::" + RoutingTypes.WsRoute.Name;
    public const string WsRouteOptions = "global::" + RoutingTypes.WsRouteOptions.Name;
    public const string UnpackDescription = "global::" + RoutingTypes.WsDescription.Name + "." + RoutingTypes.WsDescription.Unpack;
    public const string WsHandlerEvents = "global::" + RoutingTypes.WsHandlerEvents.Name;
    public const string WsPath = "global::" + RoutingTypes.WsPath.Name;
    public const string WsPayload = "global::" + RoutingTypes.WsPayload.Name;
    public const string WsBinding = "global::" + RoutingTypes.WsBinding.Name;
    public const string WsQuery = "global::" + RoutingTypes.WsQuery.Name;
    public const string WsServiceRequirement = "global::" + RoutingTypes.WsServiceRequirement.Name;
    public const string WsMetadataAttribute = "global::" + WsAotTypes.WsMetadataAttribute.Name;
    public const string WsCall = "global::" + WsAotTypes.WsCall.Name;
    public const string WsCallKind = "global::" + WsAotTypes.WsCallKind.Name;
    public const string WsHeldPayload = "global::" + RoutingTypes.WsHeldPayload.Name;
    public const string WsFilteredMethod = "global::" + FilterTypes.WsFilteredMethod.Name;
    public const string WsFiltering = "global::" + FilterTypes.WsFiltering.Name;
    public const string WsTopic = "global::WsAot.WsTopic";
    public const string WsTopicOptions = "global::" + WsAotTypes.WsTopicOptions.Name;
    public const string WsTopicDeclaration = "global::" + RoutingTypes.WsTopicDeclaration.Name;
    public const string WsTopicValue = "global::" + RoutingTypes.WsTopicValue.Name;
    public const string JsonRpcSubscription = "global::" + JsonRpcTypes.JsonRpcSubscription.Name;
    public const string JsonRpcRoute = "global::" + JsonRpcTypes.JsonRpcRoute.Name;
    public const string JsonRpcPeer = "global::" + JsonRpcTypes.JsonRpcPeer.Name;
    public const string JsonRpcRequest = "global::" + JsonRpcTypes.JsonRpcRequest.Name;
    public const string JsonRpcParameters = "global::" + JsonRpcTypes.JsonRpcParameters.Name;
    public const string JsonRpcBinding = "global::" + JsonRpcTypes.JsonRpcBinding.Name;
    public const string JsonRpcTarget = "global::" + JsonRpcTypes.JsonRpcTarget.Name;
    public const string JsonRpcOutgoing = "global::" + JsonRpcTypes.JsonRpcOutgoing.Name;
    public const string JsonTypeInfo = "global::System.Text.Json.Serialization.Metadata.JsonTypeInfo";
    public const string CancellationToken = "global::" + SystemTypes.CancellationToken.Name;
    public const string Type = "global::" + SystemTypes.Type.Name;
    public const string ServiceProvider = "global::" + SystemTypes.ServiceProvider.Name;
    public const string Task = "global::" + SystemTypes.Task.Name;
    public const string ValueTask = "global::" + SystemTypes.ValueTask.Name;
    public const string Disposable = "global::" + SystemTypes.Disposable.Name;
    public const string AsyncDisposable = "global::" + SystemTypes.AsyncDisposable.Name;
    public const string LoggerFactory = "global::" + SystemTypes.LoggerFactory.Name;
    public const string ILogger = "global::Microsoft.Extensions.Logging.ILogger";
    public const string Logger = "global::Microsoft.Extensions.Logging.Logger";
    public const string Unsafe = "global::" + SystemTypes.Unsafe.Name;
    public const string MemoryExtensions = "global::" + SystemTypes.MemoryExtensions.Name;
    public const string Exception = "global::" + SystemTypes.Exception.Name;
    public const string AsyncEnumerable = "global::System.Collections.Generic.IAsyncEnumerable";
    public const string ReadOnlySpanOfByte = "global::System.ReadOnlySpan<byte>";
    public const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
}
