import dataiku

prepared = dataiku.Dataset("customers_prepared").get_dataframe()
threshold = float(dataiku.get_custom_variables()["calls_threshold"])
prepared["risk"] = (prepared["calls_to_support"] / threshold).clip(upper=1.0)
dataiku.Dataset("customers_scored").write_with_schema(prepared[["customer_id", "risk"]])
