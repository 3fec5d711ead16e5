using WsAot.Conformance.Cases;

namespace WsAot.Conformance.Suite;

/// <summary>All cases that the options select, in the order in which they are printed.</summary>
internal static class CaseCatalog
{
    public static IReadOnlyList<CaseGroup> Create(SuiteOptions options)
    {
        List<CaseGroup> groups =
        [
            new("Opening handshakes to accept (RFC 6455 section 4)", [.. HandshakeCases.All()]),
            new("Opening handshakes to refuse (RFC 6455 section 4)", [.. BadHandshakeCases.All()]),
            new("Frames (RFC 6455 sections 5.1 to 5.3)", [.. FramingCases.All()]),
            new("Fragments (RFC 6455 section 5.4)", [.. FragmentationCases.All()]),
            new("Control frames (RFC 6455 section 5.5)", [.. ControlCases.All()]),
            new("UTF-8 (RFC 6455 sections 5.6 and 8.1)", [.. Utf8Cases.All()]),
            new("Closing (RFC 6455 sections 5.5.1 and 7)", [.. ClosingCases.All()]),
            new("Limits (RFC 6455 section 10.4)", [.. LimitCases.All(options)]),
            new("Large messages (RFC 6455 section 6)", [.. LargeMessageCases.All(options)]),
        ];
        if (options.Compression)
        {
            groups.Add(new("Offers of compression (RFC 7692 sections 5 and 7.1)", [.. DeflateNegotiationCases.All()]));
            groups.Add(
                new(
                    "Compressed messages (RFC 7692 sections 6 and 7.2)",
                    [.. DeflateMessageCases.All(), .. DeflateFaultCases.All(options)]));
        }
        else
        {
            groups.Add(
                new("Offers of compression to a server that has none (RFC 7692 section 5)", [.. DeflateNegotiationCases.Unavailable()]));
        }

        if (options.Only.Count == 0) return groups;
        return
        [
            .. groups.Select(group => group with { Cases = [.. group.Cases.Where(one => IdPattern.AnyFits(options.Only, one.Id))] })
                .Where(static group => group.Cases.Count > 0),
        ];
    }
}
