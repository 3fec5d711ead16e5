namespace WsAot.Handshake;

/// <summary>Something that is there to be read with plain HTTP.</summary>
/// <param name="Path">The path as it is in the request, percent-encoded where that is needed.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Body">The content.</param>
internal sealed record HttpPage(byte[] Path, string ContentType, byte[] Body);
