using System.Security.Cryptography.X509Certificates;
using WsAot.Conformance.Suite;
using WsAot.Conformance.Tests.Servers;
using WsAot.TestKit.Certificates;

namespace WsAot.Conformance.Tests;

/// <summary>A suite that cannot fail proves nothing: each fault must fail the cases that are about it, and no other.</summary>
public sealed class BrokenServersTests
{
    // What the small server does: all but the checks of the opening handshake, and but megabytes, which take it long.
    private static readonly string[] s_core = ["1.3", "4.2.2-plain", "4.2.2-key*", "4.2.2-random*", "5.*", "7.*", "8.1"];

    private static readonly string[] s_large = ["6-*-in-writes-of-*", "10.4-text*", "10.4-binary*", "10.4-limit*", "10.4-fragments*"];

    // Few windows of all: the combinations are many and the small server is slow.
    private static readonly string[] s_combinations = ["deflate-7-with-*s0-c0", "deflate-7-with-*s9-c9"];

    private static readonly string[] s_all = ["*"];

    // Cases that wait for what never comes do nothing meanwhile, so they may wait side by side.
    private const int ManyThatWait = 100;

    // More than any case needs on a busy machine.
    private const int LongSeconds = 120;

    // Those that see a whole closing handshake.
    private static readonly string[] s_closed =
    [
        "5.4-close-between", "5.5.1-no-code", "7.4-code-*", "5.5.1-reason-of-*", "5.5.1-reason-with-nul", "5.5.1-*-after-close",
        "5.5.1-two-closes", "5.5.1-fragment-then-close-then-rest",
        "5.5.1-*before-close", "5.5.1-close-byte-by-byte", "7.1.1-*",
    ];

    private static readonly X509Certificate2 s_certificate = NewCertificate();

    [Fact]
    public Task The_small_server_passes_every_case_of_the_core() =>
        PassesAsync(new EchoServer(), [.. s_core, .. s_large]);

    [Fact]
    public Task A_wrong_Accept_fails_every_case() =>
        FailsAsync(new WrongAcceptServer(), ["4.2.2-*", "5.2-text-of-1", "8.1-valid-80"], s_all);

    [Fact]
    public Task Frames_without_a_mask_fail_the_cases_of_section_5_1() =>
        FailsAsync(new UnmaskedServer(), s_core, ["5.1-unmasked-*", "7.1.7-failure-within-other-writes", "7.1.7-fin-after-failure"]);

    [Fact]
    public Task Reserved_bits_fail_theirs() => FailsAsync(new ReservedBitsServer(), s_core, ["5.2-rsv-*"], jobs: ManyThatWait);

    [Fact]
    public Task Longer_forms_of_a_length_fail_theirs() =>
        FailsAsync(new LongerLengthsServer(), s_core, ["5.2-*-in-16-bits", "5.2-*-in-64-bits", "5.2-continuation-in-longer-form"],
            // A control frame with such a length is refused for its size.
            except: ["5.2-ping-in-16-bits", "5.2-close-in-64-bits"]);

    [Fact]
    public Task Fragments_out_of_order_fail_theirs() =>
        FailsAsync(new AnyOrderServer(), s_core,
            ["5.4-continuation-*", "5.4-text-*within-*", "5.4-binary-*within-*", "5.4-text-after-*", "5.4-empty-fragment-then-text"],
            jobs: ManyThatWait);

    [Fact]
    public Task No_check_of_UTF8_fails_all_that_is_not_UTF8() =>
        FailsAsync(
            new NoUtf8Server(),
            s_core,
            ["8.1-*", "7.2.1-others-are-not-disturbed"],
            except: ["8.1-valid-*", "8.1-state-is-reset"],
            jobs: ManyThatWait);

    [Fact]
    public Task A_check_of_UTF8_at_the_end_only_fails_those_that_do_not_end() =>
        FailsAsync(
            new NoFailFastServer(),
            s_core,
            ["8.1-*-in-first-fragment", "8.1-*-in-half-a-frame", "8.1-*-then-next-fragment-ascii"],
            jobs: ManyThatWait);

    [Fact]
    public Task Surrogates_fail_theirs() => FailsAsync(
        new SurrogatesServer(), ["8.1-*"], ["8.1-d800*", "8.1-dbff*", "8.1-dc00*", "8.1-dfff*", "8.1-surrogate-pair*"], jobs: ManyThatWait);

    [Fact]
    public Task A_pong_that_is_cut_fails_all_pings_of_two_bytes_and_more() =>
        FailsAsync(
            new WrongPongServer(),
            ["5.5.2", "5.5.3"],
            ["5.5.2-*", "5.5.3-*"],
            except: ["5.5.2-ping-of-0", "5.5.2-ping-of-1", "5.5.3-unasked-pong-of-*"]);

    [Fact]
    public Task An_answer_with_1000_to_every_close_frame_fails_the_other_codes() =>
        FailsAsync(
            new AlwaysNormalCloseServer(),
            ["5.5.1", "7"],
            ["5.5.1-no-code", "7.4-code-*", "5.5.1-all-before-close", "5.5.1-close-byte-by-byte"],
            except: ["7.4-code-1000"]);

    [Fact]
    public Task No_answer_to_a_close_frame_fails_every_closing_handshake() =>
        FailsAsync(new NoCloseAnswerServer(), ["5.4-close-between", "5.5.1", "7"], s_closed,
                // It fails before it is a close frame.
                except: ["5.5.1-reason-of-124"], jobs: ManyThatWait);

    [Fact]
    public Task Any_close_code_fails_the_bad_ones() => FailsAsync(new AnyCodeServer(), s_core, ["7.4-bad-code-*"]);

    [Fact]
    public Task TCP_that_stays_open_fails_all_that_ends() =>
        FailsAsync(new OpenTcpServer(), ["5.1", "5.5.1", "7"], ["5.1-*", "5.5.1-*", "7.*"],
            // Where the client ends its side, TCP ends all the same.
            except: ["7.1.5-*", "7.1.1-close-and-fin", "7.1.7-fin-after-failure"], jobs: ManyThatWait);

    [Fact]
    public Task The_small_server_with_compression_passes_its_cases() =>
        PassesAsync(new DeflateServer(), [.. s_combinations, "deflate-7.1.1-*", "deflate-7.2*", "deflate-6*"], compression: true);

    [Fact]
    public Task A_window_larger_than_agreed_fails_the_combinations_with_one() =>
        FailsAsync(new LargeWindowServer(), s_combinations, ["deflate-7-with-*"], except: ["deflate-7-with-*s0-*"], compression: true);

    [Fact]
    public Task A_context_that_was_to_be_dropped_fails_the_combinations_where_it_was() =>
        FailsAsync(
            new KeptContextServer(),
            [.. s_combinations, "deflate-7.1.1-*"],
            ["deflate-7-with-snct-*", "deflate-7.1.1-*server-no-context-takeover*"],
            compression: true);

    [Fact]
    public Task RSV1_anywhere_fails_its_cases() =>
        FailsAsync(new Rsv1AnywhereServer(), ["deflate-6*"], ["deflate-6.1-rsv1-*"], compression: true);

    [Fact]
    public Task Garbage_taken_for_an_empty_message_fails_its_cases() =>
        FailsAsync(new GarbageServer(), ["deflate-7.2.2-*"],
            [
                "deflate-7.2.2-block-of-type-3*", "deflate-7.2.2-ff*", "deflate-7.2.2-stored-lengths-differ*", "deflate-7.2.2-distance-*",
                "deflate-7.2.2-dynamic-too-many-codes*",
                "deflate-7.2.2-garbage-after-good*", "deflate-7.2.2-plain-text*", "deflate-7.2.2-ends-within-*",
                "deflate-7.2.2-good-then-garbage",
            ],
            compression: true);

    [Fact]
    public Task A_reset_for_FIN_fails_every_closing_handshake() => FailsAsync(new ResettingServer(), ["5.5.1", "7"], s_closed,
        // They fail, after which a reset is allowed.
        except: ["5.5.1-reason-of-124"]);

    [Fact]
    public Task Over_TLS_the_small_server_passes_every_case_of_the_core() =>
        PassesAsync(new EchoServer { Certificate = s_certificate }, [.. s_core, .. s_large]);

    [Fact]
    public Task Over_TLS_an_end_without_close_notify_is_as_good() =>
        PassesAsync(new NoCloseNotifyServer { Certificate = s_certificate }, ["5.5.1", "7"]);

    // RFC 8446 section 6.1: close_notify says that nothing more is sent, not that the connection has ended.
    [Fact]
    public Task Over_TLS_a_close_notify_is_no_end_of_TCP() =>
        FailsAsync(new OpenTcpServer { Certificate = s_certificate }, ["5.5.1-no-code"], s_all);

    [Fact]
    public Task Over_TLS_a_reset_is_told_apart() =>
        FailsAsync(new ResettingServer { Certificate = s_certificate }, ["5.5.1"], s_closed, except: ["5.5.1-reason-of-124"]);

    [Fact]
    public async Task Over_TLS_a_server_that_does_not_speak_HTTP_1_1_fails_every_case_and_it_is_said_why()
    {
        await using Http2Server server = new() { Certificate = s_certificate };
        CaseResult failed = Assert.Single(await FailedAsync(Options(server, ["5.5.1-no-code"], compression: false)));
        Assert.StartsWith("The TLS handshake failed: ", failed.Problem, StringComparison.Ordinal);
    }

    private static X509Certificate2 NewCertificate()
    {
        using CertificateAuthority authority = new();
        return authority.Issue(CertificateShape.Server);
    }

    private static async Task PassesAsync(EchoServer server, string[] only, bool compression = false)
    {
        await using (server)
        {
            Assert.Equal("", string.Join("\n", Describe(await FailedAsync(Options(server, only, compression, guardSeconds: LongSeconds)))));
        }
    }

    private static async Task FailsAsync(
        EchoServer server, string[] only, string[] wanted, string[]? except = null, bool compression = false, int jobs = 4)
    {
        string[] asked =
        [
            .. CaseCatalog.Create(Options(server, only, compression, jobs))
                .SelectMany(group => group.Cases)
                .Where(one => one.SkipReason is null)
                .Select(one => one.Id),
        ];
        string[] expected = [.. asked.Where(id => IdPattern.AnyFits(wanted, id) && !IdPattern.AnyFits(except ?? [], id))];
        Assert.NotEmpty(expected);
        await using (server)
        {
            string[] failed = await FailedIdsAsync(Options(server, only, compression, jobs));
            Assert.Empty(expected.Except(failed));
            // On a busy machine a case may be slower than its short guard, so what was not expected to fail gets all the time it may need.
            string[] others = [.. failed.Except(expected)];
            if (others.Length > 0) others = await FailedIdsAsync(Options(server, others, compression, jobs: 1, LongSeconds));
            Assert.Empty(others);
        }
    }

    private static async Task<string[]> FailedIdsAsync(SuiteOptions options) =>
        [.. (await FailedAsync(options)).Select(result => result.Case.Id)];

    private static async Task<CaseResult[]> FailedAsync(SuiteOptions options)
    {
        List<CaseResult> failed = [];
        await foreach (CaseResult result in SuiteRunner.RunAsync(options))
        {
            if (result.Outcome == CaseOutcome.Failed) failed.Add(result);
        }

        return [.. failed];
    }

    private static string[] Describe(CaseResult[] results) =>
        [.. results.Select(result => $"{result.Case.Id}: {result.Problem}\n{result.Trace}")];

    private static SuiteOptions Options(EchoServer server, string[] only, bool compression, int jobs = 4, int guardSeconds = 5) => new()
    {
        Target = server.Url,
        Only = only,
        Compression = compression,
        Jobs = jobs,
        Guard = TimeSpan.FromSeconds(guardSeconds),
        LargeGuard = TimeSpan.FromSeconds(4 * guardSeconds),
        MaxMessageBytes = EchoServer.MaxMessageBytes,
        MaxFragments = EchoServer.MaxFragments,
    };
}
