"""The tests mirror the apps; journeys/ drive a browser, architecture/ holds the house to its rules."""
