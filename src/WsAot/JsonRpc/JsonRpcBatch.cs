using System.Buffers;

namespace WsAot.JsonRpc;

/// <summary>
/// The answers to a batch (JSON-RPC 2.0 section 6). They are sent as one array when the last of its calls has ended, and count as output of
/// the connection until then.
/// </summary>
internal sealed class JsonRpcBatch(JsonRpcPeer peer)
{
    private readonly ArrayBufferWriter<byte> _answers = new();

    /// <summary>The number of calls that have not ended, plus one while the batch is being read.</summary>
    private int _pending = 1;

    public void Add(ReadOnlySpan<byte> answer)
    {
        _answers.Write(_answers.WrittenCount == 0 ? "["u8 : ","u8);
        _answers.Write(answer);
        peer.Session.OnAnswerHeld(answer.Length + 1);
    }

    /// <summary>Counts a call that is still running. Call <see cref="Release"/> when it has ended.</summary>
    public void Hold() => _pending++;

    /// <summary>Called when a call, or the reading of the batch, has ended.</summary>
    public void Release()
    {
        if (--_pending > 0)
        {
            peer.Session.PauseCallsIfFull();
            return;
        }

        // A batch of notifications has no answer, not even an empty one.
        int held = _answers.WrittenCount;
        if (held == 0) return;
        _answers.Write("]"u8);
        peer.Session.SendAnswer(_answers.WrittenSpan);
        peer.Session.OnAnswersSent(held);
    }
}
