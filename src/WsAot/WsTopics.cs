using WsAot.Routing;
using WsAot.Topics;

namespace WsAot;

/// <summary>The topics with history or presence, by name. Other topics need no entry. Add them before you build the server.</summary>
public sealed class WsTopics
{
    internal const long DefaultMaxHistoryBytes = 64 * 1024 * 1024;

    private readonly List<TopicRule> _rules = [];

    /// <summary>
    /// The memory for the kept messages of all topics, and for these topics themselves, in bytes: 0 or more. Beyond it, a publish drops the
    /// oldest messages of its topic, and soon after, topics without subscribers lose their messages. Default: 64 MiB.
    /// </summary>
    public long MaxHistoryBytes { get; set; } = DefaultMaxHistoryBytes;

    internal IReadOnlyList<TopicRule> Rules => _rules;

    /// <summary>Sets the history and the presence of topics.</summary>
    /// <param name="template">
    /// The names of the topics: segments separated by <c>/</c>, such as <c>chat/{room}</c>, where <c>{name}</c> matches any segment that is
    /// not empty. If two templates match a topic, a literal segment wins over <c>{name}</c>, from the left.
    /// </param>
    /// <param name="options">The options of these topics.</param>
    /// <exception cref="ArgumentException">
    /// The template has an empty segment or a brace within one, or matches the same topics as an earlier one; or an option is set that has
    /// no effect without another one.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A value of the options is out of range.</exception>
    public WsTopics Add(string template, WsTopicOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(template);
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfOutOfRange(options.History, 0, 100_000, nameof(options.History));
        ThrowIfOutOfRange(options.HistorySeconds, 1, TopicRules.MaxHistorySeconds, nameof(options.HistorySeconds));
        ThrowIfOutOfRange(options.HistoryBytes, 1, 1024 * 1024 * 1024, nameof(options.HistoryBytes));
        ThrowIfOutOfRange(options.MaxPresent, 1, 100_000, nameof(options.MaxPresent));
        ThrowIfWithoutEffect(options);
        var rule = new TopicRule(template, options);
        foreach (TopicRule other in _rules)
        {
            if (!other.MatchesTheSameAs(rule)) continue;
            throw new ArgumentException($"'{template}' matches the same topics as '{other.Template}'.", nameof(template));
        }

        _rules.Add(rule);
        return this;
    }

    /// <summary>Joins the rules with those of the topics that routes offer. If both have a template, the options of the rule win.</summary>
    /// <exception cref="WsStartException">Two routes offer the same topics with different options.</exception>
    internal static List<TopicRule> Join(IReadOnlyList<TopicRule> rules, WsRouteTable routes)
    {
        var joined = new List<TopicRule>(rules);
        foreach (WsRoute route in routes.Routes)
        {
            foreach (WsTopicDeclaration declaration in route.Topics)
            {
                Join(joined, rules.Count, new TopicRule(declaration.Template, declaration.Options, route.TopicFormat));
            }
        }

        // A rule that is more literal than a route's topic matches some of the route's topics, so it gets the route's message format.
        for (int i = 0; i < rules.Count; i++)
        {
            if (joined[i].Format is not null) continue;
            TopicRule? wider = joined.Find(rule => rule.Format is not null && rule.Covers(joined[i]));
            if (wider is not null) joined[i] = new TopicRule(joined[i].Template, joined[i].Options, wider.Format);
        }

        return joined;
    }

    private static void Join(List<TopicRule> joined, int ownCount, TopicRule rule)
    {
        int index = joined.FindIndex(rule.MatchesTheSameAs);
        if (index < 0)
        {
            joined.Add(rule);
            return;
        }

        TopicRule known = joined[index];
        if (index < ownCount)
        {
            joined[index] = new TopicRule(known.Template, known.Options, rule.Format);
            return;
        }

        if (rule.Options.IsTheSameAs(known.Options)) return;
        throw new WsStartException(
            $"Two interfaces declare the topics '{rule.Template}' and '{known.Template}' with different options. "
            + "They match the same names: give both the same options.");
    }

    private static void ThrowIfWithoutEffect(WsTopicOptions options)
    {
        const string History = nameof(WsTopicOptions.History), Presence = nameof(WsTopicOptions.Presence);
        (string Option, string Needed)? problem = options switch
        {
            { History: 0, HistorySeconds: not WsTopicOptions.DefaultHistorySeconds } => (nameof(options.HistorySeconds), History),
            { History: 0, HistoryBytes: not WsTopicOptions.DefaultHistoryBytes } => (nameof(options.HistoryBytes), History),
            { Presence: false, MaxPresent: not WsTopicOptions.DefaultMaxPresent } => (nameof(options.MaxPresent), Presence),
            _ => null,
        };
        if (problem is not var (option, needed)) return;
        throw new ArgumentException($"{option} has no effect without {needed}: set {needed}, or leave {option} out.", nameof(options));
    }

    private static void ThrowIfOutOfRange(int value, int min, int max, string name)
    {
        if (value < min || value > max) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {min} to {max}.");
    }
}
