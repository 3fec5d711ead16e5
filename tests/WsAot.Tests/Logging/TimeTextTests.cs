using System.Globalization;
using WsAot.Logging;

namespace WsAot.Tests.Logging;

public sealed class TimeTextTests
{
    public static TheoryData<DateTimeOffset> Times { get; } = new(
        new DateTimeOffset(2026, 1, 4, 8, 5, 3, 7, TimeSpan.Zero),
        new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2024, 2, 29, 23, 59, 59, 999, TimeSpan.Zero),
        new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.FromHours(-5)),
        new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        new DateTimeOffset(33, 4, 3, 15, 0, 0, TimeSpan.Zero));

    [Theory]
    [MemberData(nameof(Times))]
    public void Times_read_as_the_framework_writes_them(DateTimeOffset time)
    {
        Assert.Equal(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), TimeText.Rfc3339(time));
        Assert.Equal(time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), TimeText.Day(time));
        Assert.Equal(time.ToString("u", CultureInfo.InvariantCulture), TimeText.Second(time));
        Assert.Equal(time.ToString("R", CultureInfo.InvariantCulture), TimeText.Http(time));
    }

    [Fact]
    public void Every_day_and_month_has_its_name()
    {
        for (int day = 0; day < 366; day++)
        {
            DateTimeOffset time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
            Assert.Equal(time.ToString("R", CultureInfo.InvariantCulture), TimeText.Http(time));
        }
    }
}
