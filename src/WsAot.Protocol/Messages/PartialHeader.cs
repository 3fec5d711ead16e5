using System.Runtime.CompilerServices;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>The bytes of an incomplete frame header, stored inline so that they need no buffer.</summary>
[InlineArray(FrameHeaderReader.MaxLength)]
internal struct PartialHeader
{
    private byte _first;
}
