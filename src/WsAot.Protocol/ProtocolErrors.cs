using System.Globalization;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Messages;

namespace WsAot.Protocol;

/// <summary>The one table from protocol error to close code, section and text.</summary>
public static class ProtocolErrors
{
    /// <summary>The text of an error. If a limit was exceeded, the text names it.</summary>
    public static string Explain(ProtocolError error, ReceiveLimits limits) => error switch
    {
        ProtocolError.MessageTooBig =>
            string.Create(CultureInfo.InvariantCulture, $"The message is larger than {limits.MaxMessageBytes} bytes."),
        ProtocolError.TooManyFragments =>
            string.Create(CultureInfo.InvariantCulture, $"The message has more than {limits.MaxFragments} fragments."),
        _ => Describe(error).Text,
    };

    /// <summary>
    /// Describes an error. <see cref="ProtocolError.None"/> is a normal closure (1000); a value outside the enumeration is a bug in WsAot
    /// and closes with 1011.
    /// </summary>
    public static ProtocolErrorInfo Describe(ProtocolError error) => error switch
    {
        ProtocolError.None => new(CloseCode.NormalClosure, "7.4.1", "No error."),
        ProtocolError.ReservedBitSet => new(CloseCode.ProtocolError, "5.2", "A reserved bit is set without an extension that defines it."),
        ProtocolError.ReservedOpcode => new(CloseCode.ProtocolError, "5.2", "The opcode is reserved."),
        ProtocolError.FragmentedControlFrame => new(CloseCode.ProtocolError, "5.5", "A control frame must not be fragmented."),
        ProtocolError.ControlFrameTooLong => new(CloseCode.ProtocolError, "5.5", "A control frame carries at most 125 bytes."),
        ProtocolError.UnmaskedFrame => new(CloseCode.ProtocolError, "5.1", "A frame from a client must be masked."),
        ProtocolError.LengthNotMinimal => new(CloseCode.ProtocolError, "5.2", "The payload length is not in its shortest form."),
        ProtocolError.LengthTopBitSet => new(CloseCode.ProtocolError, "5.2", "The top bit of the payload length must be zero."),
        ProtocolError.UnexpectedContinuation => new(CloseCode.ProtocolError, "5.4", "There is no message to continue."),
        ProtocolError.ExpectedContinuation => new(CloseCode.ProtocolError, "5.4", "A message began before the last one had ended."),
        ProtocolError.InvalidUtf8 => new(CloseCode.InvalidPayloadData, "8.1", "The text is not valid UTF-8."),
        ProtocolError.MessageTooBig => new(CloseCode.MessageTooBig, "10.4", "The message is larger than this endpoint accepts."),
        ProtocolError.TooManyFragments =>
            new(CloseCode.PolicyViolation, "10.4", "The message has more fragments than this endpoint accepts."),
        ProtocolError.ClosePayloadOfOneByte => new(CloseCode.ProtocolError, "5.5.1", "A close payload of one byte cannot hold a code."),
        ProtocolError.InvalidCloseCode => new(CloseCode.ProtocolError, "7.4", "The close code must not be sent."),
        ProtocolError.InvalidCloseReason => new(CloseCode.InvalidPayloadData, "5.5.1", "The close reason is not valid UTF-8."),

        // RFC 7692 defines no code. 1007 means data that does not match its type, which fits invalid compressed data.
        ProtocolError.InvalidDeflateData =>
            new(CloseCode.InvalidPayloadData, "RFC 7692 7.2.2", "The compressed message cannot be inflated."),
        _ => new(CloseCode.InternalError, "7.4.1", "Unknown error."),
    };
}
