namespace WsAot.Soak.Wire;

/// <summary>A whole message, a pong, or the end.</summary>
/// <param name="Kind">Text, binary, pong or close.</param>
/// <param name="Payload">Empty for a close.</param>
/// <param name="CloseCode">The code of the close frame; null if TCP ended without one.</param>
internal readonly record struct Incoming(Opcode Kind, byte[] Payload, int? CloseCode = null)
{
    public bool IsEnd => Kind == Opcode.Close;

    public bool IsMessage => Kind is Opcode.Text or Opcode.Binary;
}
