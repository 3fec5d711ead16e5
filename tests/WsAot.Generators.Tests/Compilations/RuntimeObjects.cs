using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Compilations;

/// <summary>
/// Runtime objects with which tests call generated code without a server. They are built field by field, because the server would need
/// sockets and loops to create them.
/// </summary>
internal static class RuntimeObjects
{
    private static readonly Assembly s_server = typeof(WsConnection).Assembly;

    public static WsRequest Request(string path)
    {
        byte[][] segments = [.. LoadedRoutes.Segments(path).Select(Encoding.UTF8.GetBytes)];
        int[] ends = [.. segments.Select((_, i) => segments.Take(i + 1).Sum(static segment => segment.Length))];
        object request = New("WsAot.WsRequest");
        byte[] bytes = [.. segments.SelectMany(static segment => segment)];
        Set(request, "_path", New("WsAot.Routing.RequestPath", ("_bytes", bytes), ("_ends", ends), ("_count", ends.Length)));
        Set(request, "_head", new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\n\r\n")));
        return (WsRequest)request;
    }

    public static WsConnection Connection(IServiceProvider services, WsRequest? kept = null)
    {
        WsServices serverServices = WsServer.CreateBuilder(null!).Services;
        serverServices.Fallback = services;
        object server = New(
            "WsAot.Connections.ServerContext",
            ("<Server>k__BackingField", New("WsAot.WsServer")),
            ("<Services>k__BackingField", serverServices));
        object loop = New("WsAot.Connections.LoopState", ("<Server>k__BackingField", server));
        object session = New("WsAot.Connections.Session", ("_loop", loop), ("_keptForHandler", kept));
        return (WsConnection)New("WsAot.WsConnection", ("_session", session));
    }

    /// <summary>Stores the value of an upgrade answer in the request, as the server does.</summary>
    public static void SetUpgradeValue(WsRequest request, WsUpgrade answer)
    {
        PropertyInfo withValue = typeof(WsUpgrade).GetProperty("WithValue", BindingFlags.Instance | BindingFlags.NonPublic)!;
        Set(request, "<UpgradeWithValue>k__BackingField", withValue.GetValue(answer));
    }

    /// <summary>A payload for handlers that take it as a span or as text.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    public static extern WsPayload Payload(
        ReadOnlySpan<byte> span, [UnsafeAccessorType("WsAot.Routing.IPayloadHolder, WsAot")] object? holder);

    private static object New(string type, params (string Field, object? Value)[] fields)
    {
        object made = RuntimeHelpers.GetUninitializedObject(s_server.GetType(type, throwOnError: true)!);
        foreach ((string field, object? value) in fields) Set(made, field, value);
        return made;
    }

    private static void Set(object target, string field, object? value) =>
        (target.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new MissingFieldException(target.GetType().FullName, field)).SetValue(target, value);
}
