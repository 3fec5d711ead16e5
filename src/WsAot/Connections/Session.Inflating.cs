using WsAot.Compression;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;

namespace WsAot.Connections;

/// <summary>
/// Large compressed messages: each turn inflates one part, and beyond the first part only one connection of the loop does so at a time.
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

    /// <summary>A part of a message was inflated: the next part is for the next turn, or for when others have finished theirs.</summary>
    private void OnPartInflated(ReceiveLimits limits)
    {
        _compression!.KeepInflater();
        _loop.Turn.ChargeMessage(limits.Inflate.PartBytes);
        if (_loop.Compression.Inflations.TryBegin(this)) RequestTurn();
        else Pause(PauseReasons.InflationWait);
    }

    /// <summary>A message was handled, which may have been inflated.</summary>
    /// <returns>The decompressor for the next one; null if the connection has none any more.</returns>
    private MessageInflater? OnInflated(MessageInflater inflater, int payloadBytes)
    {
        if (inflater.TakeCompressedBytes() is > 0 and long compressedBytes)
        {
            _settings.Counters.CountInflated(compressedBytes, payloadBytes);
        }

        EndInflation(hasHandled: true);
        return _compression?.Inflater;
    }

    /// <summary>The message is inflated, or is not wanted any more.</summary>
    /// <param name="hasHandled">
    /// Whether no handler can be reading the message, which is in the decompressor's buffer. If one may be, the decompressor stays here.
    /// </param>
    private void EndInflation(bool hasHandled)
    {
        if (_compression is not { } compression) return;
        _pauses &= ~PauseReasons.InflationWait;
        if (hasHandled) compression.ReleaseInflater();
        _loop.Compression.Inflations.End(this);
    }
}
