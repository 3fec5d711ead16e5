namespace WsAot.Metrics;

/// <summary>
/// Counts of answers by status and by what decided them. Applications choose statuses, so what does not fit into the table is counted
/// together. Only one loop writes; any thread reads.
/// </summary>
internal sealed class AnswerCounts
{
    private const int MaxKinds = 64;

    private readonly Kind[] _kinds = new Kind[MaxKinds];
    private int _count;

    /// <summary>The number of kinds that there are now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>One of them.</summary>
    public (int Status, string Reason, long Answers) this[int index] =>
        (_kinds[index].Status, _kinds[index].Reason, Volatile.Read(ref _kinds[index].Answers));

    /// <summary>Counts answers.</summary>
    /// <param name="status">The status; 0: there was no answer.</param>
    /// <param name="reason">A name from a small set.</param>
    /// <param name="answers">How many.</param>
    public void Add(int status, string reason, long answers = 1)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Kind kind = ref _kinds[i];
            if (kind.Status != status || kind.Reason != reason) continue;
            kind.Answers += answers;
            return;
        }

        if (_count == MaxKinds)
        {
            _kinds[MaxKinds - 1].Answers += answers;
            return;
        }

        // The last place is for all further kinds.
        _kinds[_count] = _count == MaxKinds - 1
            ? new Kind { Status = 0, Reason = "other", Answers = answers }
            : new Kind { Status = status, Reason = reason, Answers = answers };
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Adds what another one has counted. For the reader's own.</summary>
    public void Add(AnswerCounts other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            (int status, string reason, long answers) = other[i];
            Add(status, reason, answers);
        }
    }

    private struct Kind
    {
        public int Status;
        public string Reason;
        public long Answers;
    }
}
