using WsAot.Soak.Latency;

namespace WsAot.Soak.Tests.Latency;

public sealed class AttackDriverTests
{
    private const int Patience = 30_000;

    private static readonly byte[] s_frames = [.. Enumerable.Range(0, 1000).Select(static i => (byte)i)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attackers_send_their_frames_again_and_again_after_their_audience_has_come(bool usesTls)
    {
        using AttackedServer server = new(bytesEach: 2500, usesTls);
        using AttackDriver driver = new(new Attack("flood", "/attacked", s_frames), attackers: 3, audience: 5, server.Address);
        Assert.Null(driver.AwaitOpen());
        for (int i = 0; i < 3; i++)
        {
            Assert.True(server.Received.TryTake(out byte[]? received, Patience));
            Assert.Equal([.. s_frames, .. s_frames, .. s_frames[..500]], received);
        }

        Assert.All(server.Requests, static line => Assert.Equal("GET /attacked HTTP/1.1", line));
        Assert.True(driver.SentBytes >= 3 * 2500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_the_server_ends_comes_again_and_is_counted(bool usesTls)
    {
        using AttackedServer server = new(bytesEach: 10, usesTls);
        using AttackDriver driver = new(new Attack("flood", "/", s_frames), attackers: 1, audience: 0, server.Address);
        for (int i = 0; i < 3; i++) Assert.True(server.Received.TryTake(out _, Patience));
        Assert.True(driver.AttackerEndings >= 1);
        Assert.Equal(0, driver.AudienceEndings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_does_not_read_sends_once_and_comes_again(bool usesTls)
    {
        using AttackedServer server = new(bytesEach: 1000, usesTls);
        Attack attack = new("pending", "/", s_frames) { ComesAgainAfter = TimeSpan.Zero };
        using AttackDriver driver = new(attack, attackers: 1, audience: 0, server.Address);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(server.Received.TryTake(out byte[]? received, Patience));
            Assert.Equal(s_frames, received);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_paced_one_sends_all_the_same(bool usesTls)
    {
        using AttackedServer server = new(bytesEach: 2500, usesTls);
        using AttackDriver driver = new(
            new Attack("paced", "/", s_frames) { BytesPerSecond = 100_000 }, attackers: 1, audience: 0, server.Address);
        Assert.True(server.Received.TryTake(out byte[]? received, Patience));
        Assert.Equal([.. s_frames, .. s_frames, .. s_frames[..500]], received);
    }

    [Fact]
    public void Each_attack_has_a_name_of_its_own_and_the_audience_that_its_name_says()
    {
        string[] names = [.. Attacks.All.Select(static attack => attack.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(4000, Attacks.All.Single(static attack => attack.Name == "chat-flood-large-4000").Audience);
    }
}
