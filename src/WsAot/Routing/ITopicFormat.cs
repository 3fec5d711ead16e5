using WsAot.Protocol.Frames;

namespace WsAot.Routing;

/// <summary>How clients are told where a message stands, and who is there. Any thread.</summary>
internal interface ITopicFormat
{
    /// <summary>The topic's name as it stands in messages.</summary>
    byte[] Quote(string topic);

    /// <summary>Whether a message can be published to such topics.</summary>
    bool Accepts(Opcode opcode, ReadOnlySpan<byte> payload);

    /// <summary>The frame that tells the place of a message which its receiver is not to get.</summary>
    byte[] CreateSkip(ReadOnlySpan<byte> topic, long offset, long before);

    /// <summary>The frame of a message; of one that is not accepted, the frame that tells its place.</summary>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">What was published.</param>
    /// <param name="topic">The name, as <see cref="Quote"/> returns it.</param>
    /// <param name="offset">The message's number; 0: the topic keeps no messages.</param>
    /// <param name="before">The number of the one before it; 0: unknown.</param>
    byte[] CreateFrame(Opcode opcode, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> topic, long offset, long before);

    /// <summary>The message with all who are there, for a newcomer.</summary>
    byte[] WritePresent(ReadOnlySpan<byte> topic, long version, IReadOnlyCollection<WsMember> present);

    /// <summary>The message with what has changed in that list.</summary>
    byte[] WriteChange(
        ReadOnlySpan<byte> topic, long version, IReadOnlyCollection<string> left, IReadOnlyCollection<WsMember> joined);
}
