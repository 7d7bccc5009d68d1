Console.WriteLine("load-tests: checkout | bench");
