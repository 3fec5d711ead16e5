using System.Runtime.CompilerServices;
using WsAot.Protocol.Frames;

namespace WsAot.Protocol.Messages;

/// <summary>The bytes of a frame header that has not come whole, kept inline so that they cost no buffer.</summary>
[InlineArray(FrameHeaderReader.MaxLength)]
internal struct PartialHeader
{
    private byte _first;
}
