using Microsoft.CodeAnalysis;

namespace WsAot.Generators;

/// <summary>
/// The names of the types and members that the generator looks for and writes. The generator references no assembly of ours, so
/// a test compares every name here with the real one. Each nested class is a type: <c>Name</c> is its metadata name, all else members.
/// </summary>
internal static class KnownTypes
{
    internal static class WsRouteAttribute
    {
        public const string Name = "WsAot.WsRouteAttribute";
        public const string Subprotocols = "Subprotocols";
        public const string MaxMessageBytes = "MaxMessageBytes";
        public const string MaxFragments = "MaxFragments";
        public const string MaxPendingOutputBytes = "MaxPendingOutputBytes";
        public const string Compression = "Compression";
        public const string SlowConsumer = "SlowConsumer";
        public const string Json = "Json";
        public const string MaxRequestsInFlight = "MaxRequestsInFlight";
        public const string MaxBatchLength = "MaxBatchLength";
    }

    internal static class JsonRpcMethodAttribute
    {
        public const string Name = "WsAot.JsonRpcMethodAttribute";
    }

    internal static class JsonRpcClientAttribute
    {
        public const string Name = "WsAot.JsonRpcClientAttribute";
        public const string TimeoutMs = "TimeoutMs";
    }

    internal static class WsTopic
    {
        public const string Name = "WsAot.WsTopic`1";
    }

    internal static class OnUpgradeAttribute
    {
        public const string Name = "WsAot.OnUpgradeAttribute";
    }

    internal static class OnOpenAttribute
    {
        public const string Name = "WsAot.OnOpenAttribute";
    }

    internal static class OnTextAttribute
    {
        public const string Name = "WsAot.OnTextAttribute";
    }

    internal static class OnBinaryAttribute
    {
        public const string Name = "WsAot.OnBinaryAttribute";
    }

    internal static class OnPongAttribute
    {
        public const string Name = "WsAot.OnPongAttribute";
    }

    internal static class OnCloseAttribute
    {
        public const string Name = "WsAot.OnCloseAttribute";
    }

    internal static class WsConnection
    {
        public const string Name = "WsAot.WsConnection";
        public const string Services = "Services";
        public const string ConnectionClosed = "ConnectionClosed";
        public const string KeptRequest = "KeptRequest";
        public const string Server = "Server";
    }

    internal static class WsRequest
    {
        public const string Name = "WsAot.WsRequest";
        public const string RouteSegment = "RouteSegment";
        public const string RouteRest = "RouteRest";
    }

    internal static class WsClose
    {
        public const string Name = "WsAot.WsClose";
    }

    internal static class WsUpgrade
    {
        public const string Name = "WsAot.WsUpgrade";
    }

    internal static class WsUpgradeOfT
    {
        public const string Name = "WsAot.WsUpgrade`1";
    }

    internal static class WsCompression
    {
        public const string Name = "WsAot.WsCompression";
    }

    internal static class SlowConsumerPolicy
    {
        public const string Name = "WsAot.SlowConsumerPolicy";
    }

    internal static class WsRouteTable
    {
        public const string Name = "WsAot.Routing.WsRouteTable";
        public const string Routes = "Routes";
        public const string Match = "Match";
        public const string Describe = "Describe";
    }

    internal static class WsRoute
    {
        public const string Name = "WsAot.Routing.WsRoute";
        public const string Events = "Events";
        public const string Accepts = "Accepts";
        public const string Create = "Create";
        public const string OnUpgrade = "OnUpgrade";
        public const string OnOpen = "OnOpen";
        public const string OnText = "OnText";
        public const string OnBinary = "OnBinary";
        public const string OnPong = "OnPong";
        public const string OnClose = "OnClose";
    }

    internal static class WsRouteOptions
    {
        public const string Name = "WsAot.Routing.WsRouteOptions";
        public const string Subprotocols = "Subprotocols";
        public const string MaxMessageBytes = "MaxMessageBytes";
        public const string MaxFragments = "MaxFragments";
        public const string MaxPendingOutputBytes = "MaxPendingOutputBytes";
        public const string Compression = "Compression";
        public const string SlowConsumer = "SlowConsumer";
        public const string MaxRequestsInFlight = "MaxRequestsInFlight";
        public const string MaxBatchLength = "MaxBatchLength";
    }

    internal static class WsHandlerEvents
    {
        public const string Name = "WsAot.Routing.WsHandlerEvents";
        public const string None = "None";
        public const string Upgrade = "Upgrade";
        public const string Open = "Open";
        public const string Text = "Text";
        public const string Binary = "Binary";
        public const string Pong = "Pong";
        public const string Close = "Close";
        public const string KeepsRequest = "KeepsRequest";
    }

    internal static class WsPath
    {
        public const string Name = "WsAot.Routing.WsPath";
        public const string Count = "Count";
    }

    internal static class WsPayload
    {
        public const string Name = "WsAot.Routing.WsPayload";
        public const string Span = "Span";
        public const string ToMemory = "ToMemory";
        public new const string ToString = "ToString";
    }

    internal static class WsBinding
    {
        public const string Name = "WsAot.Routing.WsBinding";
        public new const string ToString = "ToString";
        public const string TryParseUtf8 = "TryParseUtf8";
        public const string TryParse = "TryParse";
        public const string ParseUtf8 = "ParseUtf8";
        public const string Parse = "Parse";
        public const string Upgrade = "Upgrade";
        public const string UpgradeValue = "UpgradeValue";
        public const string GetRequiredService = "GetRequiredService";
        public const string GetService = "GetService";
    }

    internal static class JsonRpcRoute
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcRoute";
        public const string Invoke = "Invoke";
    }

    internal static class JsonRpcPeer
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcPeer";
        public const string Handler = "Handler";
        public const string Connection = "Connection";
        public const string Client = "Client";
    }

    internal static class JsonRpcRequest
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcRequest";
        public const string Method = "Method";
        public const string TryBegin = "TryBegin";
        public const string ReadParameters = "ReadParameters";
        public const string Cancellation = "Cancellation";
        public const string Return = "Return";
        public const string ReturnStream = "ReturnStream";
    }

    internal static class JsonRpcParameters
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcParameters";
        public const string MoveNext = "MoveNext";
        public const string IsAt = "IsAt";
        public const string Get = "Get";
        public const string GetNotNull = "GetNotNull";
        public const string RefuseCurrent = "RefuseCurrent";
        public const string Require = "Require";
    }

    internal static class JsonRpcBinding
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcBinding";
        public const string TypeInfo = "TypeInfo";
    }

    internal static class JsonRpcTarget
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcTarget";
        public const string Begin = "Begin";
        public const string Notify = "Notify";
        public const string Request = "Request";
        public const string RequestNotNull = "RequestNotNull";
    }

    internal static class JsonRpcOutgoing
    {
        public const string Name = "WsAot.JsonRpc.JsonRpcOutgoing";
        public const string Add = "Add";
    }

    internal static class JsonSerializerContext
    {
        public const string Name = "System.Text.Json.Serialization.JsonSerializerContext";
        public const string GetTypeInfo = "GetTypeInfo";
    }

    internal static class Type
    {
        public const string Name = "System.Type";
    }

    internal static class JsonTypeInfo
    {
        public const string Name = "System.Text.Json.Serialization.Metadata.JsonTypeInfo`1";
    }

    internal static class AsyncEnumerable
    {
        public const string Name = "System.Collections.Generic.IAsyncEnumerable`1";
    }

    internal static class CancellationToken
    {
        public const string Name = "System.Threading.CancellationToken";
    }

    internal static class FromKeyedServicesAttribute
    {
        public const string Name = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    }

    internal static class ServiceProvider
    {
        public const string Name = "System.IServiceProvider";
    }

    internal static class Task
    {
        public const string Name = "System.Threading.Tasks.Task";
    }

    internal static class TaskOfT
    {
        public const string Name = "System.Threading.Tasks.Task`1";
    }

    internal static class ValueTask
    {
        public const string Name = "System.Threading.Tasks.ValueTask";
    }

    internal static class ValueTaskOfT
    {
        public const string Name = "System.Threading.Tasks.ValueTask`1";
    }

    internal static class Span
    {
        public const string Name = "System.Span`1";
    }

    internal static class ReadOnlySpan
    {
        public const string Name = "System.ReadOnlySpan`1";
    }

    internal static class Memory
    {
        public const string Name = "System.Memory`1";
    }

    internal static class ReadOnlyMemory
    {
        public const string Name = "System.ReadOnlyMemory`1";
    }

    internal static class Utf8SpanParsable
    {
        public const string Name = "System.IUtf8SpanParsable`1";
    }

    internal static class SpanParsable
    {
        public const string Name = "System.ISpanParsable`1";
    }

    internal static class SetsRequiredMembersAttribute
    {
        public const string Name = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    }

    internal static class Unsafe
    {
        public const string Name = "System.Runtime.CompilerServices.Unsafe";
        public const string As = "As";
    }

    internal static class MemoryExtensions
    {
        public const string Name = "System.MemoryExtensions";
        public const string SequenceEqual = "SequenceEqual";
    }

    internal static class JsonSourceGenerationOptionsAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";
        public const string PropertyNamingPolicy = "PropertyNamingPolicy";
        public const string UseStringEnumConverter = "UseStringEnumConverter";
        public const string DefaultIgnoreCondition = "DefaultIgnoreCondition";
        public const string NumberHandling = "NumberHandling";
        public const string IncludeFields = "IncludeFields";
        public const string IgnoreReadOnlyProperties = "IgnoreReadOnlyProperties";
        public const string IgnoreReadOnlyFields = "IgnoreReadOnlyFields";
        public const string RespectRequiredConstructorParameters = "RespectRequiredConstructorParameters";
        public const string GenerationMode = "GenerationMode";
    }

    internal static class JsonSerializableAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonSerializableAttribute";
        public const string GenerationMode = "GenerationMode";
    }

    internal static class JsonIgnoreAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonIgnoreAttribute";
        public const string Condition = "Condition";
    }

    internal static class JsonIncludeAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonIncludeAttribute";
    }

    internal static class JsonRequiredAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonRequiredAttribute";
    }

    internal static class JsonPropertyNameAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    }

    internal static class JsonExtensionDataAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonExtensionDataAttribute";
    }

    internal static class JsonConstructorAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonConstructorAttribute";
    }

    internal static class JsonNumberHandlingAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonNumberHandlingAttribute";
    }

    internal static class JsonConverterAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonConverterAttribute";
    }

    internal static class JsonStringEnumConverter
    {
        public const string Name = "System.Text.Json.Serialization.JsonStringEnumConverter";
    }

    internal static class JsonStringEnumConverterOfT
    {
        public const string Name = "System.Text.Json.Serialization.JsonStringEnumConverter`1";
    }

    internal static class JsonNumberEnumConverterOfT
    {
        public const string Name = "System.Text.Json.Serialization.JsonNumberEnumConverter`1";
    }

    internal static class JsonStringEnumMemberNameAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
    }

    internal static class JsonPolymorphicAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
        public const string TypeDiscriminatorPropertyName = "TypeDiscriminatorPropertyName";
    }

    internal static class JsonDerivedTypeAttribute
    {
        public const string Name = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    }

    internal static class FlagsAttribute
    {
        public const string Name = "System.FlagsAttribute";
    }


    internal static class NonGenericDictionary
    {
        public const string Name = "System.Collections.IDictionary";
    }

    internal static class Dictionary
    {
        public const string Name = "System.Collections.Generic.IDictionary`2";
    }

    internal static class ReadOnlyDictionary
    {
        public const string Name = "System.Collections.Generic.IReadOnlyDictionary`2";
    }

    /// <summary>Whether the type, or the definition it is made from, has this metadata name. No known type is nested.</summary>
    public static bool Is(this ITypeSymbol? type, string metadataName)
    {
        if (type is not INamedTypeSymbol { ContainingType: null } named) return false;
        // From its end and without a name made for it: this is asked of nearly every type, and nearly every type is another.
        int end = metadataName.Length;
        if (named.Arity > 0)
        {
            if (end < 2 || metadataName[end - 2] != '`' || metadataName[end - 1] - '0' != named.Arity) return false;
            end -= 2;
        }

        if (!EndsWith(metadataName, ref end, named.Name)) return false;
        INamespaceSymbol space = named.ContainingNamespace;
        for (; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            if (!EndsWith(metadataName, ref end, ".") || !EndsWith(metadataName, ref end, space.Name)) return false;
        }

        return end == 0;
    }

    /// <summary>Takes the last part away from the text that ends at <paramref name="end"/>.</summary>
    private static bool EndsWith(string text, ref int end, string part)
    {
        int start = end - part.Length;
        if (start < 0 || string.CompareOrdinal(text, start, part, 0, part.Length) != 0) return false;
        end = start;
        return true;
    }
}
