using System.Globalization;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Subjects;
using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>The stream of a rule. It stores the messages of all topics whose names match the rule's template.</summary>
internal sealed class RuleStream(TopicRule rule, SubjectNames names, NatsJSContext jetStream, int replicas, TimeProvider time)
{
    private const int NotFound = 404;
    private const int ServerError = 500;
    private const int NameInUse = 10058;
    private const string EpochMark = ", epoch ";

    /// <summary>How often a cluster is asked for the stream before it is created.</summary>
    private const int MaxAttempts = 4;

    /// <summary>Room for headers, which count in the size of a message.</summary>
    private const int HeaderBytes = 4096;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_duplicateWindow = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly StreamNumbers _numbers = new(replicas > 1);
    private TaskCompletionSource<long> _known = NewSignal();

    public TopicRule Rule { get; } = rule;

    /// <summary>The rule's part of subjects and stream names.</summary>
    public string RuleName { get; } = SubjectNames.RuleName(rule.Template);

    public string Name => names.StreamOf(RuleName);

    /// <summary>The epoch of its offsets; 0 if unknown.</summary>
    public long Epoch { get; private set; }

    /// <summary>The NATS server that led it at the last check; null without a cluster.</summary>
    public string? Leader { get; private set; }

    /// <summary>The number of its last message at the last check.</summary>
    public long Last { get; private set; }

    /// <summary>The highest message number that was seen in any way.</summary>
    public long Seen => _numbers.Last;

    /// <summary>Called on any thread when its numbers seem to have gone back. Must not block.</summary>
    public Action? Doubted { get; set; }

    /// <summary>How long it recognizes a repeated message by its id.</summary>
    public TimeSpan DuplicateWindow { get; private set; } = WindowOf(rule.Options);

    /// <summary>What is wrong with the stream; null if it works.</summary>
    public string? Problem { get; private set; }

    /// <summary>Checks its topics for missed messages.</summary>
    public TailTour Tails { get; } = new();

    public HistoryLoads Loads { get; } = new();

    public NatsJSContext JetStream => jetStream;

    public string SubjectOf(string topic) => names.HistoryOf(RuleName, topic);

    public string LiveSubjectOf(string topic) => names.LiveOf(RuleName, topic);

    /// <summary>Waits until the stream exists, and returns its epoch.</summary>
    public Task<long> WaitForEpochAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _known.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Called when the stream has published a message. Any thread.</summary>
    public void OnHeard(long offset)
    {
        if (!_numbers.Hear(offset)) Doubted?.Invoke();
    }

    /// <summary>Called when a message was read. Any thread.</summary>
    public void OnRead(long offset) => _numbers.See(offset);

    /// <summary>Called when a message was stored. Any thread.</summary>
    /// <param name="epoch">The epoch when it was published.</param>
    /// <param name="before">The value of <see cref="Seen"/> at that time.</param>
    /// <param name="offset">Its number.</param>
    /// <returns>False if the number belongs to another epoch, which will be known soon.</returns>
    public bool OnStored(long epoch, long before, long offset)
    {
        lock (_lock)
        {
            if (epoch != Epoch) return false;
            if (_numbers.Store(before, offset)) return true;
        }

        Doubted?.Invoke();
        return false;
    }

    /// <summary>Waits until the stream has another epoch.</summary>
    public async Task<long> WaitForOtherEpochAsync(long epoch, CancellationToken cancellationToken)
    {
        while (await WaitForEpochAsync(cancellationToken).ConfigureAwait(false) == epoch)
        {
            await Task.Delay(s_glance, cancellationToken).ConfigureAwait(false);
        }

        return Epoch;
    }

    /// <summary>Checks the stream, and creates it if it does not exist.</summary>
    /// <param name="isStart">Whether to update the stream if the rule has changed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The changes since the last check.</returns>
    /// <exception cref="WsStartException">A stream of this name exists, but cannot be used.</exception>
    public async Task<StreamChanges> CheckAsync(bool isStart, CancellationToken cancellationToken)
    {
        StreamConfig wanted = CreateConfig();
        // Taken before the request, because more messages may be seen while it runs.
        long seen = Seen;
        INatsJSStream stream =
            await FindAsync(cancellationToken).ConfigureAwait(false) ?? await CreateAsync(wanted, cancellationToken).ConfigureAwait(false);

        if ((isStart || Epoch == 0) && Differs(stream.Info.Config, wanted))
        {
            stream = await UpdateAsync(stream.Info.Config, wanted, cancellationToken).ConfigureAwait(false);
        }

        Problem = null;
        if (HasGoneBack(stream.Info, seen))
        {
            // All servers that notice it write the same epoch, so it does not matter which one is first.
            wanted.Description = DescriptionOf(Math.Max(Epoch, EpochOf(stream.Info)) + 1);
            stream = await jetStream.UpdateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
        }

        return Take(stream.Info);
    }

    /// <summary>Whether the known stream has lost messages, by a power failure or a restored volume.</summary>
    private bool HasGoneBack(StreamInfo info, long seen)
    {
        lock (_lock)
        {
            long epoch = EpochOf(info);
            // A higher epoch: another server has already noticed, or the stream is new.
            if (Epoch == 0 || epoch > Epoch) return false;
            // A lower epoch: a copy from before the last epoch began.
            return epoch < Epoch || _numbers.HaveGoneBack(seen, (long)info.State.LastSeq);
        }
    }

    /// <summary>NATS does not accept a window that is longer than the age of messages.</summary>
    private static TimeSpan WindowOf(WsTopicOptions options)
    {
        var age = TimeSpan.FromSeconds(options.HistorySeconds);
        return age < s_duplicateWindow ? age : s_duplicateWindow;
    }

    private static bool Differs(StreamConfig has, StreamConfig wanted) =>
        has.MaxMsgsPerSubject != wanted.MaxMsgsPerSubject
        || has.MaxAge != wanted.MaxAge
        || has.MaxMsgSize != wanted.MaxMsgSize
        || has.NumReplicas != wanted.NumReplicas
        || has.DuplicateWindow != wanted.DuplicateWindow
        || has.Storage != wanted.Storage
        || has.Retention != wanted.Retention
        || has.Republish?.Src != wanted.Republish!.Src
        || has.Republish?.Dest != wanted.Republish.Dest
        || has.Subjects is not { Count: 1 }
        || has.Subjects.First() != wanted.Subjects!.First();

    private static TaskCompletionSource<long> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The epoch is in the description, which all servers of a cluster share. Their times of the stream's creation differ.
    /// </summary>
    private static long EpochOf(StreamInfo info)
    {
        string description = info.Config.Description ?? "";
        int start = description.LastIndexOf(EpochMark, StringComparison.Ordinal) + EpochMark.Length;
        if (start < EpochMark.Length) return info.Created.ToUnixTimeMilliseconds() * 1000;
        _ = long.TryParse(description.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out long epoch);
        return epoch;
    }

    private string DescriptionOf(long epoch) =>
        string.Create(CultureInfo.InvariantCulture, $"The topics {Rule.Template} of WsAot{EpochMark}{epoch}");

    private StreamConfig CreateConfig()
    {
        WsTopicOptions options = Rule.Options;
        return new StreamConfig(Name, [names.HistoryOf(RuleName)])
        {
            // The time in microseconds: a stream that is created again gets another epoch, and it is below 2^53.
            Description = DescriptionOf((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10),
            Storage = StreamConfigStorage.File,
            Retention = StreamConfigRetention.Limits,
            Discard = StreamConfigDiscard.Old,
            MaxMsgsPerSubject = options.History,
            MaxAge = TimeSpan.FromSeconds(options.HistorySeconds),
            MaxMsgSize = options.HistoryBytes + HeaderBytes,
            NumReplicas = replicas,
            DuplicateWindow = WindowOf(options),
            Republish = new Republish { Src = names.HistoryOf(RuleName), Dest = names.LiveOf(RuleName) },
        };
    }

    /// <summary>Finds the stream. In a cluster, a new leader may not know the stream for a moment, so it is asked several times.</summary>
    /// <returns>Null if it does not exist.</returns>
    private async Task<INatsJSStream?> FindAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await jetStream.GetStreamAsync(Name, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (NatsJSApiException exception) when (exception.Error.Code == NotFound)
            {
                if (replicas == 1 || attempt == MaxAttempts) return null;
                await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<INatsJSStream> CreateAsync(StreamConfig wanted, CancellationToken cancellationToken)
    {
        try
        {
            return await jetStream.CreateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException exception) when (exception.Error.ErrCode == NameInUse)
        {
            // Another server has created it first.
            return await jetStream.GetStreamAsync(Name, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException exception) when (exception.Error.Code < ServerError)
        {
            throw Refuse($"cannot be created: {exception.Error.Description}", exception);
        }
    }

    private async Task<INatsJSStream> UpdateAsync(StreamConfig has, StreamConfig wanted, CancellationToken cancellationToken)
    {
        if (has.Republish is null || has.Storage != wanted.Storage || has.Retention != wanted.Retention)
        {
            throw Refuse(
                "was not created by WsAot, or was changed: it needs file storage, limits retention and republishing. Delete it, or use "
                + "another prefix (nats:prefix).");
        }

        wanted.Description = has.Description;
        try
        {
            return await jetStream.UpdateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException exception) when (exception.Error.Code < ServerError)
        {
            throw Refuse($"cannot be updated to the options of the topics {Rule.Template}: {exception.Error.Description}", exception);
        }
    }

    private WsStartException Refuse(string what, Exception? cause = null)
    {
        Problem = $"the stream {Name} {what}";
        return new WsStartException($"The JetStream stream {Name} {what}", cause);
    }

    private StreamChanges Take(StreamInfo info)
    {
        long epoch = EpochOf(info);
        string? leader = info.Cluster?.Leader;
        long last = (long)info.State.LastSeq;
        lock (_lock)
        {
            bool isNew = Epoch != 0 && Epoch != epoch;
            var changes = new StreamChanges(isNew, Epoch != 0 && leader != Leader, last > Last);
            (Epoch, Leader, Last) = (epoch, leader, last);
            if (info.Config.DuplicateWindow > TimeSpan.Zero) DuplicateWindow = info.Config.DuplicateWindow;
            if (isNew)
            {
                _known = NewSignal();
                _numbers.Reset();
            }

            _numbers.See(last);
            _known.TrySetResult(Epoch);
            return changes;
        }
    }
}
