namespace WsAot.Testing.Tests.Handlers;

/// <summary>Tells what its request knows of TLS.</summary>
[WsRoute("/secured")]
public sealed class Secured(WsConnection connection, WsRequest request)
{
    [OnOpen]
    public void Opened() => connection.Send($"{request.Scheme} {Name(request)}");

    public static string Name(WsRequest request) =>
        request.ClientCertificate is { } shown ? $"{shown.Subject} {string.Join(' ', shown.SubjectAlternativeNames)}" : "nobody";
}
