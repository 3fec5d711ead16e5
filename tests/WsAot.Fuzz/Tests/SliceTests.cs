using WsAot.Fuzz.Support;

namespace WsAot.Fuzz.Tests;

/// <summary>The slice that every build runs: the same inputs each time, about ten seconds for each target.</summary>
public class SliceTests
{
    private const ulong Seed = 1;

    [Theory]
    [InlineData("handshake")]
    [InlineData("frames")]
    [InlineData("extensions")]
    [InlineData("inflate")]
    [InlineData("deflate")]
    [InlineData("session")]
    [InlineData("tls")]
    [InlineData("proxy")]
    [InlineData("forwarded")]
    public void Nothing_is_found_in_the_slice(string name)
    {
        FuzzTarget target = Targets.ByName(name);
        Finding? finding = new Fuzzer(target, Seed, Corpus.Seeds(name)).TryUntilFound(target.SliceInputs);
        if (finding is not null) Assert.Fail($"{finding.Problem}\nKept as {Corpus.Keep(finding)}");
    }

    [Theory]
    [InlineData("handshake")]
    [InlineData("frames")]
    [InlineData("extensions")]
    [InlineData("inflate")]
    [InlineData("deflate")]
    [InlineData("session")]
    [InlineData("tls")]
    [InlineData("proxy")]
    [InlineData("forwarded")]
    public void What_once_failed_and_what_we_begin_with_is_well(string name)
    {
        FuzzTarget target = Targets.ByName(name);
        foreach (string file in Corpus.Regressions(name))
        {
            if (Fuzzer.Check(target, File.ReadAllBytes(file)) is { } problem) Assert.Fail($"{Path.GetFileName(file)}: {problem}");
        }

        foreach (byte[] seed in Corpus.Seeds(name)) Assert.Null(Fuzzer.Check(target, seed));
    }

    [Fact]
    public void Every_target_is_in_the_slice() =>
        Assert.Equal(
            "handshake frames extensions inflate deflate session tls proxy forwarded",
            string.Join(' ', Targets.All.Select(static target => target.Name)));

    [Fact]
    public void Random_numbers_are_the_same_everywhere()
    {
        var random = new FuzzRandom(1, 2);
        Assert.Equal(4764019070692257922UL, random.NextUInt64());
    }

    [Fact]
    public void An_input_is_judged_the_same_each_time()
    {
        foreach (FuzzTarget target in Targets.All)
        {
            byte[] input = target.Generate(new FuzzRandom(7, 7));
            Assert.Equal(input, target.Generate(new FuzzRandom(7, 7)));
            Assert.Equal(Fuzzer.Check(target, input), Fuzzer.Check(target, input));
        }
    }
}
