namespace WsAot.Conformance.Client;

/// <summary>A frame that the server sent.</summary>
internal sealed record ServerFrame(bool Fin, bool Rsv1, Opcode Opcode, byte[] Payload);
