using System.Buffers;

namespace WsAot.JsonRpc;

/// <summary>The answers to a batch (JSON-RPC 2.0 section 6): they go out as one array when the last of its calls has ended.</summary>
internal sealed class JsonRpcBatch(JsonRpcPeer peer)
{
    private readonly ArrayBufferWriter<byte> _answers = new();

    /// <summary>Calls that have not ended; and one for the reading of the batch.</summary>
    private int _pending = 1;

    public void Add(ReadOnlySpan<byte> answer)
    {
        _answers.Write(_answers.WrittenCount == 0 ? "["u8 : ","u8);
        _answers.Write(answer);
    }

    /// <summary>A call goes on; <see cref="Release"/> follows when it has ended.</summary>
    public void Hold() => _pending++;

    /// <summary>A call has ended, or the reading has.</summary>
    public void Release()
    {
        // To a batch of notifications there is no answer, not even an empty one.
        if (--_pending > 0 || _answers.WrittenCount == 0) return;
        _answers.Write("]"u8);
        peer.Session.SendAnswer(_answers.WrittenSpan);
    }
}
