using WsAot.Compression;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;

namespace WsAot.Connections;

/// <summary>
/// Large compressed messages. Each turn inflates one part. After the first part, only one connection of the loop may inflate at a time.
/// </summary>
internal sealed partial class Session : IInflationWaiter
{
    /// <summary>Whether a message is being inflated.</summary>
    public bool IsInflating => _receiver.IsInflating;

    /// <inheritdoc/>
    bool IInflationWaiter.IsWaitingToInflate => Has(PauseReasons.InflationWait);

    /// <inheritdoc/>
    void IInflationWaiter.OnMayInflate()
    {
        _pauses &= ~PauseReasons.InflationWait;
        RequestTurn();
    }

    /// <summary>
    /// A part of a message was inflated. The next part follows in the next turn, or when other connections have finished theirs.
    /// </summary>
    private void OnPartInflated(ReceiveLimits limits)
    {
        _compression!.KeepInflater();
        _loop.Turn.ChargeMessage(limits.Inflate.PartBytes);
        if (_loop.Compression.Inflations.TryBegin(this)) RequestTurn();
        else Pause(PauseReasons.InflationWait);
    }

    /// <summary>A message was handled. It may have been inflated.</summary>
    /// <returns>The decompressor for the next message; null if the connection no longer has one.</returns>
    private MessageInflater? OnInflated(MessageInflater inflater, int payloadBytes)
    {
        if (inflater.TakeCompressedBytes() is > 0 and long compressedBytes)
        {
            _settings.Counters.CountInflated(compressedBytes, payloadBytes);
        }

        EndInflation(hasHandled: true);
        return _compression?.Inflater;
    }

    /// <summary>The message is inflated, or is no longer needed.</summary>
    /// <param name="hasHandled">
    /// Whether the handler is done with the message, which lies in the decompressor's buffer. If it may still be reading, the session keeps
    /// the decompressor.
    /// </param>
    private void EndInflation(bool hasHandled)
    {
        if (_compression is not { } compression) return;
        _pauses &= ~PauseReasons.InflationWait;
        if (hasHandled) compression.ReleaseInflater();
        _loop.Compression.Inflations.End(this);
    }
}
