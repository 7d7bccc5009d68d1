using Gamification.LoadTests.Benchmarks;

RankingBenchmarks.Run(args[2..]);
