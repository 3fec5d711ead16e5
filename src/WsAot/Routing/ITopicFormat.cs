using WsAot.Protocol.Frames;

namespace WsAot.Routing;

/// <summary>The format in which clients get the positions of messages, and presence. Any thread.</summary>
internal interface ITopicFormat
{
    /// <summary>The topic's name as it appears in messages.</summary>
    byte[] Quote(string topic);

    /// <summary>Whether a message can be published to such topics.</summary>
    bool Accepts(Opcode opcode, ReadOnlySpan<byte> payload);

    /// <summary>Creates the frame that replaces a message for a subscriber that must not get it: it has only the position.</summary>
    byte[] CreateSkip(ReadOnlySpan<byte> topic, long offset, long before);

    /// <summary>Creates the frame of a message; if the message is not accepted, a frame with only its position.</summary>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message.</param>
    /// <param name="topic">The name, as <see cref="Quote"/> returns it.</param>
    /// <param name="offset">The message's number; 0 if the topic has no history.</param>
    /// <param name="before">The number of the message before it; 0 if unknown.</param>
    byte[] CreateFrame(Opcode opcode, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> topic, long offset, long before);

    /// <summary>The message with all members, for a new subscriber.</summary>
    byte[] WritePresent(ReadOnlySpan<byte> topic, long version, IReadOnlyCollection<WsMember> present);

    /// <summary>The message with the changes in that list.</summary>
    byte[] WriteChange(
        ReadOnlySpan<byte> topic, long version, IReadOnlyCollection<string> left, IReadOnlyCollection<WsMember> joined);
}
