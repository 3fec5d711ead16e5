namespace WsAot.Soak.Checks;

/// <summary>
/// What one connection has sent to an echo and received from it: the answers must be the messages, each once, in order. A message that is
/// pending when the server stops is not lost, because it was not acknowledged.
/// </summary>
internal sealed class EchoLedger(string who, Faults faults)
{
    private readonly Queue<(Opcode Opcode, byte[] Payload)> _out = new();
    private int _answered;
    private bool _isBroken;

    public int Outstanding
    {
        get
        {
            lock (_out) return _out.Count;
        }
    }

    public int Answered
    {
        get
        {
            lock (_out) return _answered;
        }
    }

    /// <summary>Call this before the first byte is sent: the answer may come before the sender's next statement.</summary>
    public void OnSending(Opcode opcode, byte[] payload)
    {
        lock (_out) _out.Enqueue((opcode, payload));
    }

    public void OnReceived(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        lock (_out)
        {
            // After the first fault, everything that follows is wrong too, so report only the first.
            if (_isBroken) return;
            if (!_out.TryDequeue(out (Opcode Opcode, byte[] Payload) expected))
            {
                Break($"answer {_answered} of {payload.Length} bytes to nothing that was sent: doubled?");
                return;
            }

            if (expected.Opcode != opcode) Break($"answer {_answered} is {opcode}, not {expected.Opcode}");
            else if (!payload.SequenceEqual(expected.Payload)) Break($"answer {_answered}: {Difference(expected.Payload, payload)}");
            _answered++;
        }
    }

    /// <summary>The connection ended as intended: no answer may be missing.</summary>
    public void OnCompleted()
    {
        lock (_out)
        {
            if (!_isBroken && _out.Count > 0) Break($"{_out.Count} messages were never answered, after {_answered} that were: lost");
        }
    }

    private void Break(string fault)
    {
        _isBroken = true;
        faults.Add($"{who}: {fault}");
    }

    private string Difference(byte[] expected, ReadOnlySpan<byte> actual)
    {
        int later = 1;
        foreach ((_, byte[] payload) in _out)
        {
            if (actual.SequenceEqual(payload)) return $"is that of the message {later} later: lost or out of order";
            later++;
        }

        int at = actual.CommonPrefixLength(expected);
        return $"{actual.Length} bytes for {expected.Length}, different from byte {at} on";
    }
}
