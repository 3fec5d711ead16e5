namespace WsAot.Metrics;

/// <summary>
/// Counts of answers by status and cause. Applications choose statuses, so pairs that do not fit into the table are counted together. Only
/// one loop writes; any thread reads.
/// </summary>
internal sealed class AnswerCounts
{
    private const int MaxKinds = 64;

    private readonly Kind[] _kinds = new Kind[MaxKinds];
    private int _count;

    /// <summary>The number of different pairs so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>One pair and its count.</summary>
    public (int Status, string Reason, long Answers) this[int index] =>
        (_kinds[index].Status, _kinds[index].Reason, Volatile.Read(ref _kinds[index].Answers));

    /// <summary>Counts answers.</summary>
    /// <param name="status">The status; 0 if there was no answer.</param>
    /// <param name="reason">The cause: a name from a small set.</param>
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

        // The last place counts all further pairs.
        _kinds[_count] = _count == MaxKinds - 1
            ? new Kind { Status = 0, Reason = "other", Answers = answers }
            : new Kind { Status = status, Reason = reason, Answers = answers };
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Adds the counts of another object. Call it only on an object of the reader's own.</summary>
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
