namespace WsAot.Handshake;

/// <summary>A page that is served over plain HTTP.</summary>
/// <param name="Path">The path as it stands in the request, percent-encoded.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Body">The content.</param>
internal sealed record HttpPage(byte[] Path, string ContentType, byte[] Body);
