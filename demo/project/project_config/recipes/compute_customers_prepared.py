import dataiku
import pandas as pd

customers = dataiku.Dataset("customers").get_dataframe()
today = pd.Timestamp.today()
customers["months"] = ((today - customers["since"]).dt.days // 30).astype(int)
prepared = customers[["customer_id", "months", "monthly_charge", "calls_to_support"]]
dataiku.Dataset("customers_prepared").write_with_schema(prepared)
