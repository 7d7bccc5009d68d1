using Gamification.Journal;
using Gamification.Silo.Engine;

namespace Gamification.Tests.Journal;

public sealed class JournalHealthReportTests
{
    [Theory]
    [InlineData(JournalState.Running, 0, true, "writing")]
    [InlineData(JournalState.Running, 2, true, "writing")]
    [InlineData(JournalState.Running, 2.1, false, "slow")]
    [InlineData(JournalState.Retrying, 0, false, "recovering")]
    [InlineData(JournalState.Fenced, 9, false, "fenced")]
    public void The_worst_partition_decides(JournalState state, double lag, bool ready, string word)
    {
        var report = JournalHealthReport.Of([Partition(0, JournalState.Running, 0), Partition(1, state, lag), Partition(2, JournalState.Running, 0)]);

        Assert.Equal((ready, word), (report.Ready, report.Journal));
    }

    private static JournalHealth Partition(int partition, JournalState state, double lag) =>
        new(partition, state, null, null, 0, TimeSpan.FromSeconds(lag), 0);
}
